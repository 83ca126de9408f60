import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { resolve } from 'node:path';

/** Builds the copy of the checkout in which it is run, with what is installed in the checkout. */
symlinkSync(resolve(import.meta.dirname, '../../node_modules'), 'node_modules', 'junction');
execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
