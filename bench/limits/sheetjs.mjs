// sheetjs.mjs FOLDER ROUNDS: reads every workbook with SheetJS and prints milliseconds a document, of each the best round.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const XLSX = createRequire(import.meta.url)("xlsx");
const [folder, rounds] = [process.argv[2], Number(process.argv[3])];
const files = readdirSync(folder).filter((name) => name.endsWith(".xlsx")).map((name) => readFileSync(`${folder}/${name}`));
const read = (bytes) => {
  const book = XLSX.read(bytes, { type: "buffer" });
  return book.SheetNames.reduce((sum, name) => sum + XLSX.utils.sheet_to_json(book.Sheets[name], { header: 1 }).length, 0);
};
const best = files.map(() => Infinity);
for (let round = 0; round < rounds; ++round) {
  files.forEach((file, i) => {
    const start = process.hrtime.bigint();
    read(file);
    best[i] = Math.min(best[i], Number(process.hrtime.bigint() - start));
  });
}
console.log(best.reduce((sum, time) => sum + time, 0) / 1e6 / files.length);
