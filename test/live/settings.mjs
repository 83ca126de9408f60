/** What a run against Agora itself is to be like: from the environment, with consent. */
import { Trouble } from '../../tools/progress.mjs';

/** How long Agora keeps a recording in an empty channel, whatever becomes of us; beside the time of the run. */
const IDLE_SECONDS = 60;
/** Agora's regional hosts, as its documents list them (best-practices.md section 4). */
const REGIONS = [
	...['us-west-1', 'us-east-1', 'ap-southeast-1', 'ap-northeast-1'],
	...['eu-west-1', 'eu-central-1', 'cn-east-1', 'cn-north-1'],
];
const DEFAULT_RECORD_SECONDS = 15;
const LONGEST_RECORD_SECONDS = 300;
/** After this long everything is broken off and the recording is stopped. */
const DEADLINE_SECONDS = 240;

export const COSTS = `This records for real, with your Agora account:
- One recording of less than a minute as a rule; after ${DEADLINE_SECONDS / 60} minutes it is broken off. Agora bills
  recorded time by its resolution (640 × 360 here), time in which nobody sends as audio; web
  pages have a price of their own. See Agora's pricing page.
- A few small files in your bucket, which your storage bills and which stay there.
It stops the recording whatever happens, also on Ctrl+C. Should even that not be possible, a channel
recording ends by itself a minute or two after the last user has left, that of a web page after an hour.
The maintainers of this package have not run this against Agora themselves.`;

export const USAGE = `Set these, and AGORA_LIVE=yes to agree to the costs:

  AGORA_CUSTOMER_ID, AGORA_CUSTOMER_SECRET    Console → RESTful API Keys
  AGORA_APP_ID                                Console → Projects; Cloud Recording is enabled
  AGORA_STORAGE_BUCKET, AGORA_STORAGE_ACCESS_KEY, AGORA_STORAGE_SECRET_KEY
  AGORA_STORAGE_REGION                        as the credential's form names it, e.g. eu-central-1

With \`-- --report\` it asks a few things more, none of which is billed, and prints a report without
secrets that you can paste into an issue.

If needed:

  AGORA_APP_CERTIFICATE                       where the project asks for tokens
  AGORA_STORAGE_VENDOR                        amazonS3 by default; alibabaCloud, googleCloud, …
  AGORA_STORAGE_ENDPOINT                      for the vendor s3Compatible
  AGORA_API_DOMAIN                            api.agora.io by default
  AGORA_BASE_URL                              another address instead, such as a simulator's
  AGORA_CHANNEL                               a channel with somebody in it; else one in which nobody is
  AGORA_CHANNEL_PROFILE                       0 communication (default), 1 live broadcasting
  AGORA_PAGE_URL                              records this web page instead of a channel
  AGORA_NOTICES_PORT                          for --report: Agora's notifications come to this port of
                                              127.0.0.1, by a tunnel of yours that Console knows
  AGORA_NOTIFICATION_SECRET                   Console → Notifications; says whether they are signed
  AGORA_RECORD_SECONDS                        ${DEFAULT_RECORD_SECONDS} by default, ${LONGEST_RECORD_SECONDS} at most`;

/**
 * Whether a report is wanted.
 * @param {string[]} args Of the command line
 * @throws Trouble for anything else
 */
export function wantsReport(args) {
	const [unknown] = args.filter((arg) => arg !== '--report');
	if (unknown !== undefined) {
		throw new Trouble(`Nothing was sent: ${unknown} is not known. There is \`--report\`.`);
	}
	return args.length > 0;
}

/**
 * What the run needs.
 * @typedef {object} Settings
 * @property {Record<string, string | number | boolean> & Record<'customerId' | 'customerSecret' | 'appId' | 'apiDomain' | 'storageVendor', string>} credentials As n8n would store them
 * @property {import('n8n-workflow').INodeParameters} start What Start is given
 * @property {'mix' | 'web'} mode
 * @property {string} origin Scheme and host of the API
 * @property {string[]} regionalOrigins The same of Agora's regional hosts; none where another address is set
 * @property {string} [channel] That is recorded; none of a web page
 * @property {string} [pageUrl] That is recorded instead
 * @property {number} [noticesPort] At which notifications come
 * @property {string} notificationSecret
 * @property {number} recordMs
 * @property {number} deadlineMs
 */

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Settings}
 * @throws Trouble in continuous integration, without consent, and where something is missing
 */
export function readSettings(env) {
	if (env.CI && env.CI !== 'false') {
		throw new Trouble(
			'This never runs in continuous integration (CI is set): it records for real and costs money.',
		);
	}
	const text = (/** @type {string} */ name, fallback = '') => env[name]?.trim() || fallback;
	const required = [
		...['AGORA_CUSTOMER_ID', 'AGORA_CUSTOMER_SECRET', 'AGORA_APP_ID'],
		...['AGORA_STORAGE_BUCKET', 'AGORA_STORAGE_ACCESS_KEY', 'AGORA_STORAGE_SECRET_KEY'],
	];
	const missing = required.filter((name) => text(name) === '');
	if (text('AGORA_LIVE') !== 'yes') {
		throw new Trouble(`${COSTS}\n\n${USAGE}\n\nNothing was sent: AGORA_LIVE is not "yes".`);
	}
	if (missing.length > 0) {
		throw new Trouble(`${USAGE}\n\nNothing was sent: ${missing.join(', ')} missing.`);
	}
	const recordSeconds = Number(text('AGORA_RECORD_SECONDS', String(DEFAULT_RECORD_SECONDS)));
	if (!(recordSeconds >= 0 && recordSeconds <= LONGEST_RECORD_SECONDS)) {
		throw new Trouble(
			`Nothing was sent: AGORA_RECORD_SECONDS is no number from 0 to ${LONGEST_RECORD_SECONDS}.`,
		);
	}
	const baseUrl = text('AGORA_BASE_URL').replace(/\/+$/, '');
	const apiDomain = baseUrl ? 'custom' : text('AGORA_API_DOMAIN', 'api.agora.io');
	const noticesPort = Number(text('AGORA_NOTICES_PORT', '0'));
	if (!(Number.isInteger(noticesPort) && noticesPort >= 0 && noticesPort <= 65_535)) {
		throw new Trouble('Nothing was sent: AGORA_NOTICES_PORT is no port.');
	}
	const pageUrl = text('AGORA_PAGE_URL');
	const name = `n8n-smoke-${Date.now()}`;
	const channel = pageUrl ? undefined : text('AGORA_CHANNEL', name);
	return {
		mode: pageUrl ? 'web' : 'mix',
		origin: baseUrl || `https://${apiDomain}`,
		regionalOrigins: baseUrl
			? []
			: REGIONS.map(
					(region) => `https://api-${region}.${apiDomain.split('.').slice(-2).join('.')}`,
				),
		...(channel !== undefined && { channel }),
		...(pageUrl && { pageUrl }),
		...(noticesPort > 0 && { noticesPort }),
		notificationSecret: text('AGORA_NOTIFICATION_SECRET'),
		recordMs: recordSeconds * 1000,
		deadlineMs: DEADLINE_SECONDS * 1000 + recordSeconds * 1000,
		credentials: {
			customerId: text('AGORA_CUSTOMER_ID'),
			customerSecret: text('AGORA_CUSTOMER_SECRET'),
			appId: text('AGORA_APP_ID'),
			appCertificate: text('AGORA_APP_CERTIFICATE'),
			advanced: true,
			apiDomain,
			baseUrl,
			requestsPerSecond: 5,
			storageVendor: text('AGORA_STORAGE_VENDOR', 'amazonS3'),
			storageRegion: text('AGORA_STORAGE_REGION'),
			storageBucket: text('AGORA_STORAGE_BUCKET'),
			storageAccessKey: text('AGORA_STORAGE_ACCESS_KEY'),
			storageSecretKey: text('AGORA_STORAGE_SECRET_KEY'),
			storageEndpoint: text('AGORA_STORAGE_ENDPOINT'),
		},
		start: {
			fileNamePrefix: 'n8nSmoke',
			...(pageUrl
				? {
						mode: 'web',
						recordingName: name,
						url: pageUrl,
						maxRecordingHour: 1,
						recordingOptions: { resourceExpiredHour: 1 },
					}
				: {
						mode: 'mix',
						channelName: channel,
						channelType: Number(text('AGORA_CHANNEL_PROFILE', '1')),
						videoProfile: '640x360_15',
						recordingOptions: {
							resourceExpiredHour: 1,
							maxIdleTime: IDLE_SECONDS + Math.ceil(recordSeconds),
						},
					}),
		},
	};
}
