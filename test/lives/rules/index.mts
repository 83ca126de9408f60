import { links, open } from './links.mts';
import { logged, named } from './naming.mts';
import { outcomes } from './outcomes.mts';
import { once, smooth, unsent } from './plain.mts';
import { identity, listed, mine, one, over } from './recordings.mts';
import type { Rule } from './rule.mts';
import { settled } from './settled.mts';
import { kept, patient } from './storage.mts';
import { abandoned, cancelling, ends, pairs, rate } from './time.mts';
import { bounded, drawn, secrets } from './words.mts';

export type { Rule } from './rule.mts';

/** Every rule, the ones that say most about what went wrong first. */
export const RULES: readonly Rule[] = [
	outcomes,
	one,
	over,
	named,
	listed,
	mine,
	identity,
	kept,
	links,
	open,
	patient,
	secrets,
	bounded,
	drawn,
	cancelling,
	abandoned,
	ends,
	rate,
	pairs,
	unsent,
	once,
	smooth,
	settled,
	logged,
];
