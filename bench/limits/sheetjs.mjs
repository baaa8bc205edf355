// sheetjs.mjs FOLDER ROUNDS: reads every workbook with SheetJS and prints milliseconds a document.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const XLSX = createRequire(import.meta.url)("xlsx");
const [folder, rounds] = [process.argv[2], Number(process.argv[3])];
const files = readdirSync(folder).filter((name) => name.endsWith(".xlsx")).map((name) => readFileSync(`${folder}/${name}`));
const read = (bytes) => {
  const book = XLSX.read(bytes, { type: "buffer" });
  return book.SheetNames.reduce((sum, name) => sum + XLSX.utils.sheet_to_json(book.Sheets[name], { header: 1 }).length, 0);
};
read(files[0]);
const start = process.cpuUsage();
for (let i = 0; i < rounds; ++i) files.forEach(read);
const used = process.cpuUsage(start);
console.log((used.user + used.system) / 1000 / rounds / files.length);
