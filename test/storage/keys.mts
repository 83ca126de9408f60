import { randomBytes } from 'node:crypto';

/** Names of objects that encoders like to get wrong; the last has 1,024 bytes. */
export const ODD_KEYS = [
	'rec/plain.mp4',
	'rec/a b+c~d&é(1).m3u8',
	'rec/100%.ts',
	'rec/%41%2F.ts',
	"rec/it's [1] {2} ^3 `4`.jpg",
	'rec/a=b?c#d;e,f@g:h!i$j*.ts',
	'rec/你好 🎬.mp4',
	'rec/back\\slash "quoted" <tag> | pipe.ts',
	'rec/&amp;&lt;.ts',
	`rec/${'+ %é'.repeat(204)}`,
];

/** Objects to store, with bytes of their own. */
export const objects = (keys: readonly string[]) =>
	new Map(keys.map((key, index) => [key, randomBytes(100 + index)]));

/** The text with another last letter or digit. */
export const tampered = (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
