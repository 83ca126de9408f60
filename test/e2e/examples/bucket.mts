/** Recordings whose files lie in a private bucket: the examples that hand on files need one. */
import type { RecordingView, Simulator, SimulatorOptions } from '../../../simulator/index.mts';
import { privateBucket, type PrivateBucket } from '../../support/s3.mts';
import type { Stage } from './stage.mts';
import type { Parameters } from './workflow.mts';

/** Contents of files by name; names begin with `base`, or with `bak0_` and `base`. */
export type Media = (base: string, recording: RecordingView) => Promise<Map<string, Buffer>>;

export interface RecordedInto {
	bucket: PrivateBucket;
	simulator: Simulator;
	/** ID of a credential whose storage key only writes, beside a key that reads. */
	agoraApi: string;
	/** What lies in the bucket, by key. */
	contents: Map<string, Buffer>;
}

/** The fields of a credential for a bucket. */
const storageOf = (name: string, { server, keys }: PrivateBucket): Parameters => ({
	...{ storageVendor: 's3Compatible', storageRegion: '' },
	...{ storageBucket: name, storageEndpoint: server.endpoint },
	...{ storageAccessKey: keys.writer.accessKey, storageSecretKey: keys.writer.secretKey },
	readFilesWith: 'readKey',
	storageReadAccessKey: keys.reader.accessKey,
	storageReadSecretKey: keys.reader.secretKey,
});

/**
 * Starts a simulator, and a bucket of a real S3 server into which each recording puts its files as soon as
 * it is started.
 *
 * @param folder in which the example records
 * @param media what a recording leaves
 */
export async function recordInto(
	stage: Stage,
	folder: string,
	media: Media,
	options: SimulatorOptions = {},
): Promise<RecordedInto> {
	const name = stage.example;
	const bucket = await privateBucket(name, folder.split('/')[0], stage.storage);
	const contents = new Map<string, Buffer>();
	const upload = async (recording: RecordingView) => {
		const base = `${recording.sid}_${recording.cname.replace(/[^\w-]/g, '-')}`;
		for (const [file, bytes] of await media(base, recording)) {
			contents.set(`${folder}/${file}`, bytes);
			await bucket.put(`${folder}/${file}`, bytes);
		}
	};
	const uploads = new Map<string, Promise<void>>();
	const simulator = await stage.startSimulator({
		clock: { speed: 10 },
		...options,
		onRequest({ operation, status }) {
			if (operation !== 'start' || status !== 200) return;
			for (const recording of simulator.control.recordings()) {
				const { sid } = recording;
				if (!uploads.has(sid)) uploads.set(sid, upload(recording));
			}
		},
	});
	stage.onEnd(() => Promise.all(uploads.values()));
	const agoraApi = await stage.agoraCredential(simulator, storageOf(name, bucket));
	return { bucket, simulator, agoraApi, contents };
}
