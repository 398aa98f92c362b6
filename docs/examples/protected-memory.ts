import { clew, protectTools } from 'clew';

const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  sessionId: 'conversation-7',
  protect: [protectTools('the team’s skills', 'load_skill')],
});

const wish = { role: 'user', content: 'Never touch the production database.' };
app.memory.protect(wish, 'a constraint of the user');

export const tellLayers = () => {
  const layers = app.whatIRemember('conversation-7')?.layers;
  for (const { label, tokens } of layers?.protected.items ?? []) console.log(label, tokens);
  console.log(layers?.summary?.text, layers?.recent.items.length);
};
export { app, wish };
