#include "api/pages/html.h"

#include "base/text.h"

namespace hinomi::api {

void Html::start(Literal tag, Attributes attributes) {
  out_ += '<';
  out_ += tag.text();
  for (const Attribute& attribute : attributes) {
    if (!attribute.present) continue;
    out_ += ' ';
    out_ += attribute.name.text();
    out_ += "=\"";
    out_ += html_escaped(attribute.value);
    out_ += '"';
  }
  out_ += '>';
}

Html& Html::open(Literal tag, Attributes attributes) {
  start(tag, attributes);
  return *this;
}

Html& Html::close(Literal tag) {
  out_ += "</";
  out_ += tag.text();
  out_ += ">\n";
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += html_escaped(text);
  return *this;
}

Html& Html::element(Literal tag, Attributes attributes, std::string_view content) {
  start(tag, attributes);
  text(content);
  return close(tag);
}

Html& Html::lone(Literal tag, Attributes attributes) {
  start(tag, attributes);
  out_ += '\n';
  return *this;
}

Html& Html::doctype() {
  out_ += "<!doctype html>\n";
  return *this;
}

Html& Html::append(const Html& fragment) {
  out_ += fragment.out_;
  return *this;
}

}  // namespace hinomi::api
