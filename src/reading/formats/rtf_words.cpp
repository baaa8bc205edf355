#include "reading/formats/rtf_words.h"

#include <unordered_map>

namespace jiheng::reading {
namespace {

const std::unordered_map<std::string_view, RtfMeaning>& meanings() {
  static const std::unordered_map<std::string_view, RtfMeaning> map = [] {
    std::unordered_map<std::string_view, RtfMeaning> out = {
        {"ansicpg", {RtfWord::code_page}},
        {"uc", {RtfWord::skipped_after_unicode}},
        {"u", {RtfWord::unicode}},
        {"f", {RtfWord::font}},
        {"af", {RtfWord::other}},
        {"fonttbl", {RtfWord::font_table}},
        {"fcharset", {RtfWord::font_charset}},
        {"plain", {RtfWord::plain}},
        {"v", {RtfWord::hidden}},
        {"deleted", {RtfWord::deleted}},
        {"revised", {RtfWord::inserted}},
        {"par", {RtfWord::paragraph}},
        {"sect", {RtfWord::paragraph}},
        {"page", {RtfWord::line}},
        {"column", {RtfWord::line}},
        {"line", {RtfWord::line}},
        {"lbr", {RtfWord::line}},
        {"tab", {RtfWord::tab}},
        {"bin", {RtfWord::binary}},
        {"pard", {RtfWord::paragraph_defaults}},
        {"intbl", {RtfWord::in_table}},
        {"itap", {RtfWord::depth}},
        {"trowd", {RtfWord::row_defaults}},
        {"trleft", {RtfWord::row_left}},
        {"cellx", {RtfWord::cell_edge}},
        {"clmgf", {RtfWord::merge_first}},
        {"clmrg", {RtfWord::merge_left}},
        {"clvmgf", {RtfWord::merge_top}},
        {"clvmrg", {RtfWord::merge_up}},
        {"cell", {RtfWord::cell}},
        {"row", {RtfWord::row}},
        {"nestcell", {RtfWord::inner_cell}},
        {"nestrow", {RtfWord::inner_row}},
        {"nesttableprops", {RtfWord::inner_row_properties}},
        {"shpinst", {RtfWord::box_instruction}},
        {"shptxt", {RtfWord::box_text}},
        {"formfield", {RtfWord::form_field}},
        {"fftype", {RtfWord::form_type}},
        {"ffres", {RtfWord::form_result}},
        {"ffdefres", {RtfWord::form_default}},
        {"emdash", {RtfWord::character, "—"}},
        {"endash", {RtfWord::character, "–"}},
        {"emspace", {RtfWord::character, "\u2003"}},
        {"enspace", {RtfWord::character, "\u2002"}},
        {"qmspace", {RtfWord::character, "\u2005"}},
        {"bullet", {RtfWord::character, "•"}},
        {"lquote", {RtfWord::character, "‘"}},
        {"rquote", {RtfWord::character, "’"}},
        {"ldblquote", {RtfWord::character, "“"}},
        {"rdblquote", {RtfWord::character, "”"}},
    };
    for (const char* name : {"header", "headerl", "headerr", "headerf"}) out[name] = {RtfWord::header};
    for (const char* name : {"colortbl",   "stylesheet",
                             "info",       "pict",
                             "footer",     "footerl",
                             "footerr",    "footerf",
                             "footnote",   "annotation",
                             "atnid",      "atnauthor",
                             "fldinst",    "listtext",
                             "pntext",     "pntxta",
                             "pntxtb",     "nonesttables",
                             "xe",         "tc",
                             "rxe",        "txe",
                             "sp",         "shprslt",
                             "nonshppict", "shppict",
                             "ftnsep",     "ftnsepc",
                             "ftncn",      "private",
                             "filetbl",    "do",
                             "objdata",    "objclass",
                             "objname",    "themedata",
                             "datastore",  "datafield",
                             "comment",    "title",
                             "author",     "operator",
                             "generator",  "revtbl",
                             "listtable",  "listoverridetable",
                             "rsidtbl",    "latentstyles",
                             "bkmkstart",  "bkmkend",
                             "mmathPr"}) {
      out[name] = {RtfWord::destination};
    }
    return out;
  }();
  return map;
}

}  // namespace

RtfMeaning rtf_meaning(std::string_view word) {
  const auto known = meanings().find(word);
  return known == meanings().end() ? RtfMeaning{} : known->second;
}

}  // namespace jiheng::reading
