import Fastify from 'fastify';

/** A tool as it is offered to the model: all that the model knows of it. */
export interface OfferedTool {
	name: string;
	description: string;
	/** JSON schema of the arguments. */
	parameters: {
		properties: Record<string, { type: string; description?: string }>;
		required?: string[];
	};
}

/** What the model is asked: the conversation so far, and the tools that it may call. */
export interface Question {
	messages: Array<{ role: string; content: unknown; tool_call_id?: string }>;
	tools: OfferedTool[];
	/** The whole request, as text. */
	raw: string;
}

/** What the model answers: the call of a tool, or words. */
export type Answer = { call: string; arguments: Record<string, unknown> } | { say: string };

/** One answer of a script; it may look at what it answers to. */
export type Line = (question: Question) => Answer;

export interface ChatModel {
	/** For the "Base URL" of an OpenAI credential. */
	url: string;
	/** Every question so far, oldest first. */
	questions: Question[];
	close(): Promise<void>;
}

interface ChatRequest {
	model: string;
	stream?: boolean;
	messages: Question['messages'];
	tools?: Array<{ function: OfferedTool }>;
}

/**
 * Starts a stand-in for OpenAI's chat completions on 127.0.0.1, which says what a script says, one line
 * for each question. A question too many is answered with 400.
 */
export async function startChatModel(script: readonly Line[]): Promise<ChatModel> {
	const questions: Question[] = [];
	const server = Fastify();
	server.post('/v1/chat/completions', (request, reply) => {
		const { model, stream, messages, tools = [] } = request.body as ChatRequest;
		const line = script[questions.length];
		const offered = tools.map((tool) => tool.function);
		const question = { messages, tools: offered, raw: JSON.stringify(request.body) };
		questions.push(question);
		if (line === undefined || stream === true) {
			const message = stream ? 'the stand-in does not stream' : 'the script is over';
			return reply.code(400).send({ error: { message, type: 'invalid_request_error' } });
		}
		return reply.send({
			id: `chatcmpl-${questions.length}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model,
			choices: [choice(line(question), `call_${questions.length}`)],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		});
	});
	const url = await server.listen({ port: 0, host: '127.0.0.1' });
	return { url: `${url}/v1`, questions, close: () => server.close() };
}

function choice(answer: Answer, id: string) {
	if ('say' in answer) {
		const message = { role: 'assistant', content: answer.say };
		return { index: 0, message, finish_reason: 'stop' };
	}
	const call = { name: answer.call, arguments: JSON.stringify(answer.arguments) };
	const message = {
		role: 'assistant',
		content: null,
		tool_calls: [{ id, type: 'function', function: call }],
	};
	return { index: 0, message, finish_reason: 'tool_calls' };
}
