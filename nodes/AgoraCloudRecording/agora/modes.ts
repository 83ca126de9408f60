/** The three ways to record, as Agora names them in its URLs. Source: rest-api.md section 1. */
export const RECORDING_MODES = ['mix', 'individual', 'web'] as const;

export type RecordingMode = (typeof RECORDING_MODES)[number];

/** Display name of each mode, in the words of Agora's documentation. */
export const MODE_NAMES: Record<RecordingMode, string> = {
	mix: 'Composite',
	individual: 'Individual',
	web: 'Web Page',
};

/** Acquire's `scene` follows from the mode (rest-api.md section 2). */
export const MODE_SCENES: Record<RecordingMode, 0 | 1> = { mix: 0, individual: 0, web: 1 };

/** Whether a value that came from outside names a mode. */
export function isRecordingMode(value: unknown): value is RecordingMode {
	return RECORDING_MODES.some((mode) => mode === value);
}
