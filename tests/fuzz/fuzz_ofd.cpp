#include "check.h"
#include "ofd_maker.h"
#include "reading/formats/formats.h"
#include "reading/zip.h"

// A whole OFD, or what stands in the layer of its page, of its template and of a drawing both may refer to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  auto limits = fuzz::small_limits();
  limits.glyphs = 20000;
  limits.pages = 20;
  if (reading::is_zip(bytes)) {
    fuzz::check(reading::read_ofd(bytes, limits));
    return 0;
  }
  reading::OfdSource source;
  source.pages = {std::string(bytes), std::string(bytes)};
  source.common = "<ofd:TemplatePage ID=\"7\" BaseLoc=\"T.xml\"/><ofd:DocumentRes>R.xml</ofd:DocumentRes>";
  source.page_head = "<ofd:Template TemplateID=\"7\"/>";
  source.more = {{"Doc_0/T.xml", reading::ofd_page(bytes)},
                 {"Doc_0/R.xml",
                  "<ofd:Res xmlns:ofd=\"x\"><ofd:Font ID=\"2\" FontName=\"Wingdings\"/><ofd:CompositeGraphicUnit ID=\"30\">"
                  "<ofd:Content>" +
                      std::string(bytes) + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"}};
  fuzz::check(reading::read_ofd(reading::ofd_of(source), limits));
  return 0;
}
