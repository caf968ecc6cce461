// What the compiler cannot see: no `any`, no casts in chapters, imports that point one way.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const oneWay = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: patterns.map(([regex, message]) => ({ regex, message })) },
  ],
});
const chapters = ['(^|/)chapters/', 'Nothing in lib knows a chapter.'];
const myths = ['(^|/)myths/', 'Chapters and lib know no myth.'];
const tools = ['(^|/)tools/', 'Only the command lines in tools/ know every chapter.'];

export default tseslint.config(
  { ignores: ['node_modules/', 'site/', 'lib/trace/trace.gen.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      // The contracts are records of pure functions; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['lib/**/*.ts'], rules: oneWay(chapters, myths, tools) },
  {
    files: ['chapters/**/*.ts', 'myths/**/*.ts'],
    rules: {
      ...oneWay(tools),
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  { files: ['chapters/**/*.ts'], rules: oneWay(myths, tools) },
  {
    // A gap names the parameters that its rule has; nothing uses them yet.
    files: ['chapters/*/exercise.ts'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }] },
  },
  {
    // The pure core: whatever varies is passed in.
    files: [
      'lib/node/**',
      'lib/rules/**',
      'lib/cluster/**',
      'lib/check/**',
      'lib/linearizability/**',
      'chapters/**',
      'myths/**',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        'Date',
        'performance',
        'setTimeout',
        'setInterval',
        'fetch',
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
);
