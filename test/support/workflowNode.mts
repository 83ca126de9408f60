/** A node of a workflow as n8n stores it; where it lies on the canvas is of no interest. */
export const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	more = {},
) => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});
