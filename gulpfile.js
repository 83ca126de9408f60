'use strict';
/**
 * `gulp icons` copies the icons beside the compiled files, for a build by plain `tsc`; `n8n-node build`
 * does it by itself and stays the build of record. `gulp gate` holds source and tarball against what
 * n8n's reviewers run.
 */
const { dest, src } = require('gulp');

const icons = () => src('icons/*.svg').pipe(dest('dist/icons'));

const gate = async () => {
	const { runGate } = await import('./scripts/gate.mjs');
	await runGate();
};

module.exports = { icons, gate, default: icons };
