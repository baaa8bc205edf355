// /DecodeParms as qpdf hands them over.
#pragma once

#include "reading/formats/pdf/filters.h"
#include "reading/formats/pdf/qpdf.h"

namespace jiheng::reading::pdf {

inline Predictor predictor_of(QPDFObjectHandle parms) {
  Predictor result;
  if (!parms.isDictionary()) return result;
  const auto number = [&](const char* key, int otherwise) {
    QPDFObjectHandle value = parms.getKey(key);
    return value.isInteger() ? value.getIntValueAsInt() : otherwise;
  };
  result.predictor = number("/Predictor", 1);
  result.colours = number("/Colors", 1);
  result.bits = number("/BitsPerComponent", 8);
  result.columns = number("/Columns", 1);
  result.early_change = number("/EarlyChange", 1) != 0;
  return result;
}

}  // namespace jiheng::reading::pdf
