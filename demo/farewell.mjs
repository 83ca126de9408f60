/** What the demo says when it has recorded: where everything is, and what to do next. */
import { CLOCK_SPEED } from '../tools/simulator.mjs';

/**
 * @param {object} where
 * @param {string} where.editor The execution in n8n's editor
 * @param {boolean} where.inBrowser Whether it opens by itself
 * @param {import('../tools/n8n-rest.mjs').Login} where.login
 * @param {string} where.simulator
 * @param {string} where.mp4
 */
export const farewell = ({ editor, inBrowser, login, simulator, mp4 }) =>
	`Editor      ${editor}
            ${inBrowser ? 'It opens in your browser.' : 'Open it in your browser.'} Log in with ${login.email} and ${login.password}
Simulator   ${simulator}
            It stands for Agora, and its clock runs ${CLOCK_SPEED} times as fast as yours: an hour passes in
            ${60 / CLOCK_SPEED} minutes, so recordings, their files and notifications are ahead of your time.
MP4         ${mp4}
            A test picture of 4 seconds with a tone. The simulator stores it for every recording.

Next        In the editor, choose the tab "Editor", press "Execute workflow", and look into the nodes.
            Ctrl+C ends n8n and the simulator.`;
