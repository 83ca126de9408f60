/** Tokens that are being made: time stands still for them, too. */
let underWay = 0;

const { arrayBuffer } = Response.prototype;

/**
 * The node deflates tokens through web streams, which takes turns of the event loop that nobody can
 * count: it reads the result with `arrayBuffer`, and nothing else here does.
 */
Object.assign(Response.prototype, {
	async arrayBuffer(this: Response) {
		underWay++;
		try {
			return await arrayBuffer.call(this);
		} finally {
			underWay--;
		}
	},
});

export const computing = (): number => underWay;
