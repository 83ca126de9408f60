const last = new Map<string, Promise<unknown>>();

/**
 * Runs `call` when every earlier call of the same recording has ended. Agora asks for update, update
 * layout, query and stop of one recording to wait for each other's answers, and a query during a
 * stop spoils the file list (best-practices.md section 1).
 */
export async function inTurn<T>(sid: string, call: () => Promise<T>): Promise<T> {
	const before = last.get(sid) ?? Promise.resolve();
	const turn = before.then(call, call);
	last.set(sid, turn);
	try {
		return await turn;
	} finally {
		if (last.get(sid) === turn) last.delete(sid);
	}
}
