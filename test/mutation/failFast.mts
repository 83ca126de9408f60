import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

/** Jest's environment for Node, in which the first failure of a file ends it: one is enough. */
class FailFast extends TestEnvironment {
	private failed = false;

	handleTestEvent(event: Circus.Event): void {
		if (event.name === 'test_done' && event.test.errors.length > 0) this.failed = true;
		if (event.name === 'test_start' && this.failed) event.test.mode = 'skip';
	}
}

// Jest requires it, and takes what it gets for the class.
export { FailFast as 'module.exports' };
