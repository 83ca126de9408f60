import type { Delivery, Life, Storing } from './plan.mts';

const delivery = (at: number, patience = 10_000, sender: Delivery['sender'] = 'agora') => ({
	...{ notice: 0, sender, at, patience },
});
const storing = (ends: Storing['ends'], takes: number, answersAfter = 0) => ({
	...{ ends, takes, answersAfter },
});
const life = (deliveries: Delivery[], database: Storing[], restarts: number[] = []): Life => ({
	...{ notices: [true], deliveries, database, credential: [], restarts },
});

/** Lives that once broke a rule, or in which several things go wrong at once. */
export const KNOWN_LIVES: Readonly<Record<string, Life>> = {
	'the sender of a waiting copy hangs up, then the first one fails': life(
		[delivery(0), delivery(10, 100), delivery(10_000)],
		[storing('fails', 1_000)],
	),
	'it hangs up, and it is the last copy': life(
		[delivery(0), delivery(10, 100)],
		[storing('fails', 1_000)],
	),
	'its turn is a failure too': life(
		[delivery(0), delivery(10, 100), delivery(20, 200), delivery(30)],
		[storing('fails', 1_000), storing('fails', 1_000)],
	),
	'its turn takes long': life(
		[delivery(0), delivery(10, 100), delivery(8_000), delivery(30_000)],
		[storing('fails', 1_000), storing('stored', 80_000)],
	),
	'all senders hang up': life(
		[delivery(0, 50), delivery(10, 50), delivery(20, 50, 'redundant')],
		[storing('fails', 1_000), storing('fails', 1_000)],
	),
	'the first sender hangs up, and n8n takes long': life(
		[delivery(0, 50), delivery(10, 5_000), delivery(9_000), delivery(60_000)],
		[storing('stored', 50_000, 3_000)],
	),
	'n8n never answers the first copy': life(
		[delivery(0), delivery(10, 100), delivery(10_000), delivery(121_000), delivery(150_000)],
		[storing('never', 0)],
	),
	'n8n never answers a copy whose sender hung up before its turn': life(
		[delivery(0), delivery(10, 100), delivery(5_000), delivery(130_000)],
		[storing('fails', 1_000), storing('never', 0)],
	),
	'n8n is killed between storing and answering': life(
		[delivery(0), delivery(10, 100), delivery(3_000)],
		[storing('stored', 100, 2_000)],
		[1_000],
	),
};
