// Call the demo like somebody who has nothing but its document, and print
// what each call has answered. `api.d.ts` is generated before this compiles.

import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

type Book = components['schemas']['BookRead'];
type Problem = components['schemas']['ErrorModel'];

const api = createClient<paths>({ baseUrl: process.argv[2] ?? '' });

const listed = await api.GET('/api/books/', {
  params: {
    query: { genre: ['mystery', 'poetry'], available: true, page_size: 50 },
  },
});
const summaries = listed.data?.page.object_list ?? [];

const wanted: components['schemas']['BookCreate'] = {
  title: 'The Salt Road',
  isbn: '978-0-306-40615-7',
  author: { name: 'Ines Okafor', country: 'Portugal' },
  genre: 'travel',
  published: 2024,
  copies: [{ branch: 'harbour' }],
};
const created = await api.POST('/api/books/', { body: wanted });
const book: Book | undefined = created.data;
if (book === undefined) {
  throw new Error(`Not created: ${JSON.stringify(created.error)}`);
}

const path = { book_id: book.id };
const read = await api.GET('/api/books/{book_id}/', { params: { path } });

const conflict = await api.POST('/api/books/', { body: wanted });
const conflictProblem: Problem | undefined = conflict.error;

const invalid = await api.POST('/api/books/', {
  body: { ...wanted, published: 0 },
});

const removed = await api.DELETE('/api/books/{book_id}/', {
  params: { path },
});
const missing = await api.GET('/api/books/{book_id}/', { params: { path } });

console.log(
  JSON.stringify({
    listed: {
      status: listed.response.status,
      perPage: listed.data?.per_page,
      length: summaries.length,
      genres: [...new Set(summaries.map((summary) => summary.genre))],
      allAvailable: summaries.every((summary) => summary.available > 0),
    },
    created: {
      status: created.response.status,
      title: book.title,
      isbn: book.isbn,
      author: book.author.name,
      branches: book.copies.map((copy) => copy.branch),
    },
    read: {
      status: read.response.status,
      isTheSame: JSON.stringify(read.data) === JSON.stringify(book),
      hasEtag: read.response.headers.has('ETag'),
    },
    conflict: {
      status: conflict.response.status,
      loc: conflictProblem?.detail[0]?.loc,
    },
    invalid: {
      status: invalid.response.status,
      loc: invalid.error?.detail[0]?.loc,
    },
    removed: { status: removed.response.status },
    missing: {
      status: missing.response.status,
      type: missing.error?.detail[0]?.type,
    },
  }),
);
