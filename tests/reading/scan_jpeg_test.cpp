// JPEG pictures made to cost time.
#include <gtest/gtest.h>

#include <cstdio>
// jpeglib.h wants FILE first.
#include <jpeglib.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "reading/scan/picture_codecs.h"

namespace jiheng::reading {
namespace {

/// A white progressive JPEG; its last scan stands there so many times more.
std::string progressive(int more) {
  jpeg_compress_struct info{};
  jpeg_error_mgr manager;
  info.err = jpeg_std_error(&manager);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = info.image_height = 16;
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  std::vector<unsigned char> row(16, 255);
  JSAMPROW rows[] = {row.data()};
  while (info.next_scanline < info.image_height) jpeg_write_scanlines(&info, rows, 1);
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  const std::string scan = file.substr(file.rfind("\xFF\xDA"), file.size() - 2 - file.rfind("\xFF\xDA"));
  for (int i = 0; i < more; ++i) file.insert(file.size() - 2, scan);
  return file;
}

TEST(Pictures, of_a_thousand_scans_are_not_waited_for) {
  const auto sound = decode_jpeg(progressive(0));
  ASSERT_TRUE(sound);
  EXPECT_EQ(sound->at(7, 7), 255);
  EXPECT_EQ(decode_jpeg(progressive(1000)).error().code, "damaged");
}

}  // namespace
}  // namespace jiheng::reading
