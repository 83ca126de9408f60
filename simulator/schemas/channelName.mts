/** Characters that a channel's name may have (rest-api.md 2, errors.md 4 code 1013). */
const CHANNEL_NAME = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]+$/;

/** Whether it can be the name of an RTC channel: under 64 bytes, and none but the listed characters. */
export function isChannelName(cname: string): boolean {
	return Buffer.byteLength(cname) < 64 && CHANNEL_NAME.test(cname);
}

/** Whether it can label a web page recording: any characters, 1024 bytes at most. */
export function isWebLabel(cname: string): boolean {
	return Buffer.byteLength(cname) <= 1024;
}
