/**
 * Ends all that a file of tests has started, one after the other, also when one of them fails: what is left
 * open would keep the tests from ever ending.
 *
 * @throws the first failure
 */
export async function endAll(...ends: ReadonlyArray<() => unknown>): Promise<void> {
	const failures: unknown[] = [];
	for (const end of ends) {
		try {
			await end();
		} catch (failure) {
			failures.push(failure);
		}
	}
	if (failures.length > 0) throw failures[0];
}
