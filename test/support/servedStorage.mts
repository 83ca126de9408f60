import type { Simulator, SimulatorOptions } from '../../simulator/index.mts';

/** For a simulator whose recordings are uploaded to a bucket of its own, where n8n is another process. */
export const SERVED_STORAGE = {
	storage: {},
	signatureClock: 'real',
} as const satisfies SimulatorOptions;

/** The storage of a credential for that bucket: Agora's key only writes, another one reads. */
export const storageOf = ({ control }: Simulator) => ({
	storageVendor: 's3Compatible',
	storageEndpoint: control.storage.url,
	storageBucket: 'recordings',
	storageAccessKey: 'example-write-key',
	storageSecretKey: 'example-write-secret',
	readFilesWith: 'readKey',
	storageReadAccessKey: 'example-read-key',
	storageReadSecretKey: 'example-read-secret',
});
