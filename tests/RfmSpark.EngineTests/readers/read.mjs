// Usage: node read.mjs FOLDER SQL…   Each SQL may use deltaLakeLocal('…') with paths under FOLDER; prints one JSON document a line for each.
import { query } from 'chdb';

const [folder, ...statements] = process.argv.slice(2);
process.chdir(folder);   // deltaLakeLocal reads below the working directory only.
for (const sql of statements) console.log(JSON.stringify(query(sql, 'JSON').trim()));
