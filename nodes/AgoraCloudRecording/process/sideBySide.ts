/**
 * Works through a list, some of it at a time.
 *
 * @param limit how many at a time
 * @returns one result each, in the order of the list
 */
export async function sideBySide<One, Result>(
	list: readonly One[],
	limit: number,
	work: (one: One) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const queue = list.entries();
	const worker = async () => {
		for (const [index, one] of queue) results[index] = await work(one);
	};
	await Promise.all(Array.from({ length: Math.min(limit, list.length) }, worker));
	return results;
}
