// qpdf's headers, in one place.
#pragma once

// JSON.hh of qpdf 11.3 destroys a vector of a class inside that class, which clang refuses in C++20. Nothing here writes JSON with it.
#define JSON_HH
class JSON;

#include <functional>
#include <map>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFStreamFilter.hh>
#include <set>
#include <string>
#include <vector>
