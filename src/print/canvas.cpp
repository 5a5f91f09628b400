#include "print/canvas.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <array>
#include <set>
#include <vector>

#include "print/slices.h"
#include "print/visible_text.h"

namespace hinomi::print {
namespace {

constexpr const char* kTextFamily = "Noto Sans CJK JP";
constexpr const char* kCodeFamily = "Noto Sans Mono CJK JP";
// A configuration of our own: what a machine's administrator or a home directory configures must not change a page. It
// knows no other font than these two.
constexpr const char* kFontConfiguration =
    "<?xml version=\"1.0\"?><fontconfig><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
    "<cachedir>/var/cache/fontconfig</cachedir>"
    "<selectfont><acceptfont>"
    "<pattern><patelt name=\"family\"><string>Noto Sans CJK JP</string></patelt></pattern>"
    "<pattern><patelt name=\"family\"><string>Noto Sans Mono CJK JP</string></patelt></pattern>"
    "</acceptfont><rejectfont>"
    "<pattern><patelt name=\"scalable\"><bool>true</bool></patelt></pattern>"
    "<pattern><patelt name=\"scalable\"><bool>false</bool></patelt></pattern>"
    "</rejectfont></selectfont>"
    "</fontconfig>";
// Fonts are loaded in this size alone, and what is set is scaled to its own: for each further size Pango would start a
// thread to find the file again, which a confined process cannot.
constexpr int kCharacters = 0x110000;
constexpr double kLoadedSize = 10;
// Of the em box that Japanese is set in; Latin letters sit on the same line.
constexpr double kBaseline = 0.88;

template <class Object>
struct Unreference {
  void operator()(Object* object) const { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unreference<Object>>;
struct FreeDescription {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

Description description_of(const Type& type) {
  Description description(pango_font_description_new());
  pango_font_description_set_family_static(description.get(), type.family == Family::Code ? kCodeFamily : kTextFamily);
  pango_font_description_set_weight(description.get(),
                                    type.weight == Weight::Bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(description.get(), kLoadedSize * PANGO_SCALE);
  return description;
}

struct FreeAttributes {
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
};
using Attributes = std::unique_ptr<PangoAttrList, FreeAttributes>;

Attributes attributes_for(Language language) {
  Attributes attributes(pango_attr_list_new());
  const auto add = [&](PangoAttribute* attribute) { pango_attr_list_insert(attributes.get(), attribute); };
  add(pango_attr_language_new(pango_language_from_string(language_tag(language).data())));
  add(pango_attr_fallback_new(FALSE));
  add(pango_attr_insert_hyphens_new(FALSE));  // a hash has no hyphens
  return attributes;
}

// The child may write to no terminal: what GLib has to say goes nowhere, and errors come back as values.
void say_nothing(const char*, GLogLevelFlags, const char*, void*) {}

FcConfig* our_fonts() {
  FcConfig* config = FcConfigCreate();
  const auto* text = reinterpret_cast<const FcChar8*>(kFontConfiguration);
  if (config != nullptr && FcConfigParseAndLoadFromMemory(config, text, FcFalse) == FcTrue &&
      FcConfigBuildFonts(config) == FcTrue) {
    return config;
  }
  if (config != nullptr) FcConfigDestroy(config);
  return nullptr;
}

Error no_fonts() {
  return unavailable("print.fonts",
                     "The fonts Noto Sans CJK JP and Noto Sans Mono CJK JP are not installed, and Japanese cannot be "
                     "printed without them. Install the package fonts-noto-cjk.");
}

// Whatever Pango asks for, by language, script or for emoji: one of three fonts, and no way to any other.
struct OneShelfMap {
  PangoFontMap base;
  PangoFont* regular;  // borrowed from the shelf, as the others
  PangoFont* bold;
  PangoFont* code;
};
struct OneShelfMapClass {
  PangoFontMapClass base;
};
G_DEFINE_TYPE(OneShelfMap, one_shelf_map, PANGO_TYPE_FONT_MAP)

PangoFont* font_on_shelf(PangoFontMap* map, PangoContext*, const PangoFontDescription* wanted) {
  const auto* shelf = reinterpret_cast<const OneShelfMap*>(map);
  const char* family = pango_font_description_get_family(wanted);
  const bool is_code = family != nullptr && std::string_view(family) == kCodeFamily;
  const bool is_bold = pango_font_description_get_weight(wanted) >= PANGO_WEIGHT_BOLD;
  return PANGO_FONT(g_object_ref(is_code ? shelf->code : is_bold ? shelf->bold : shelf->regular));
}

PangoFontset* fonts_on_shelf(PangoFontMap* map, PangoContext* context, const PangoFontDescription* wanted,
                             PangoLanguage* language) {
  PangoFontsetSimple* fonts = pango_fontset_simple_new(language);
  pango_fontset_simple_append(fonts, font_on_shelf(map, context, wanted));
  return PANGO_FONTSET(fonts);
}

void one_shelf_map_class_init(OneShelfMapClass* type) {
  type->base.load_font = font_on_shelf;
  type->base.load_fontset = fonts_on_shelf;
}
void one_shelf_map_init(OneShelfMap*) {}

// Paper has no pixels to fit letters to: positions are exact, and the same at every size.
Owned<PangoContext> context_of(PangoFontMap* map) {
  Owned<PangoContext> context(pango_font_map_create_context(map));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
  return context;
}

bool has_character(PangoFont* font, char32_t character) {
  return pango_font_has_char(font, static_cast<gunichar>(character)) != FALSE;
}

}  // namespace

struct ShapedText::Lines {
  std::vector<Owned<PangoLayout>> layouts;  // one a slice
  std::vector<PangoLayoutLine*> lines;      // of all of them; a layout finds its nth line by counting
  Type type;
  [[nodiscard]] double scale() const { return type.size / kLoadedSize; }
};

std::size_t ShapedText::count() const { return lines_->lines.size(); }
double ShapedText::line_height() const { return lines_->type.size * lines_->type.leading; }
double ShapedText::width(std::size_t line) const {
  PangoRectangle logical;
  pango_layout_line_get_extents(lines_->lines[line], nullptr, &logical);
  return lines_->scale() * logical.width / PANGO_SCALE;
}
std::string ShapedText::line(std::size_t index) const {
  const PangoLayoutLine* line = lines_->lines[index];
  return {pango_layout_get_text(line->layout) + line->start_index, static_cast<std::size_t>(line->length)};
}

struct Fonts::Shelf {
  Owned<PangoFontMap> files;
  std::array<Owned<PangoFont>, 3> loaded;  // regular, bold, code
  Owned<PangoFontMap> map;
  Owned<PangoContext> context;

  [[nodiscard]] PangoFont* font(const Type& type) const {
    if (type.family == Family::Code) return loaded[2].get();
    return loaded[type.weight == Weight::Bold ? 1 : 0].get();
  }
  bool load(std::size_t place, const Type& type) {
    const Description description = description_of(type);
    const Owned<PangoContext> exact = context_of(files.get());
    loaded[place].reset(pango_font_map_load_font(files.get(), exact.get(), description.get()));
    if (!loaded[place]) return false;
    const Description found(pango_font_describe(loaded[place].get()));
    return std::string_view(pango_font_description_get_family(found.get())) ==
               pango_font_description_get_family(description.get()) &&
           pango_font_description_get_weight(found.get()) == pango_font_description_get_weight(description.get());
  }
  [[nodiscard]] std::set<PangoLanguage*> languages() const {
    std::set<GUnicodeScript> scripts;
    const Owned<PangoCoverage> covered(pango_font_get_coverage(loaded[0].get(), nullptr));
    for (int character = 0; character < kCharacters; ++character) {
      if (pango_coverage_get(covered.get(), character) != PANGO_COVERAGE_NONE)
        scripts.insert(g_unichar_get_script(static_cast<gunichar>(character)));
    }
    std::set<PangoLanguage*> languages{pango_language_from_string("ja"), pango_language_from_string("en")};
    for (const GUnicodeScript script : scripts)
      languages.insert(pango_script_get_sample_language(static_cast<PangoScript>(script)));
    return languages;
  }
  // Pango measures a font by a sample of each language, and the box of a character without a glyph; for both it looks
  // for files again.
  void measure() const {
    const auto known = languages();
    for (const auto& font : loaded) {
      PangoRectangle ignored;
      pango_font_get_glyph_extents(font.get(), PANGO_GET_UNKNOWN_GLYPH(0xFE0F), &ignored, nullptr);
      for (PangoLanguage* language : known) pango_font_metrics_unref(pango_font_get_metrics(font.get(), language));
    }
  }
  void put_up() {
    map.reset(PANGO_FONT_MAP(g_object_new(one_shelf_map_get_type(), nullptr)));
    auto* one = reinterpret_cast<OneShelfMap*>(map.get());
    one->regular = loaded[0].get();
    one->bold = loaded[1].get();
    one->code = loaded[2].get();
    context = context_of(map.get());
  }
};

Fonts::Fonts(std::unique_ptr<Shelf> shelf) : shelf_(std::move(shelf)) {}
Fonts::~Fonts() = default;

Result<std::unique_ptr<Fonts>> Fonts::load() {
  g_log_set_default_handler(say_nothing, nullptr);
  FcConfig* config = our_fonts();
  if (config == nullptr) return no_fonts();
  auto shelf = std::make_unique<Shelf>();
  shelf->files.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!shelf->files) return internal("Pango has no FreeType fonts.");
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(shelf->files.get()), config);
  FcConfigDestroy(config);  // the font map keeps its own reference
  if (!shelf->load(0, {}) || !shelf->load(1, {.weight = Weight::Bold}) || !shelf->load(2, {.family = Family::Code}))
    return no_fonts();
  shelf->measure();
  shelf->put_up();
  return std::unique_ptr<Fonts>(new Fonts(std::move(shelf)));
}

ShapedText Fonts::shape(std::string_view text, const Type& type, double width, Language language) const {
  auto shaped = std::make_shared<ShapedText::Lines>();
  PangoFont* font = shelf_->font(type);
  const std::string shown = visible_text(text, [&](char32_t character) { return has_character(font, character); });
  shaped->type = type;
  const Description description = description_of(type);
  const Attributes attributes = attributes_for(language);
  for (const std::string_view slice : slices_of(shown)) {
    PangoLayout* layout = shaped->layouts.emplace_back(pango_layout_new(shelf_->context.get())).get();
    pango_layout_set_font_description(layout, description.get());
    pango_layout_set_text(layout, slice.data(), static_cast<int>(slice.size()));
    pango_layout_set_width(layout, static_cast<int>(width / shaped->scale() * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_attributes(layout, attributes.get());
    for (GSList* line = pango_layout_get_lines_readonly(layout); line != nullptr; line = line->next)
      shaped->lines.push_back(static_cast<PangoLayoutLine*>(line->data));
  }
  return ShapedText(std::move(shaped));
}

struct Canvas::Drawing {
  std::string file;
  cairo_surface_t* surface = nullptr;
  cairo_t* pen = nullptr;

  static cairo_status_t append(void* into, const unsigned char* bytes, unsigned count) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
  }
};

Canvas::Canvas(std::string_view title, Instant created) : drawing_(std::make_unique<Drawing>()) {
  drawing_->surface = cairo_pdf_surface_create_for_stream(Drawing::append, &drawing_->file, kWidth, kHeight);
  cairo_pdf_surface_restrict_to_version(drawing_->surface, CAIRO_PDF_VERSION_1_5);
  const std::string shown = visible_text(title, [](char32_t) { return true; });
  cairo_pdf_surface_set_metadata(drawing_->surface, CAIRO_PDF_METADATA_TITLE, shown.c_str());
  const std::string seconds = to_rfc3339(created).substr(0, std::string_view("2026-11-22T02:05:00").size()) + "Z";
  cairo_pdf_surface_set_metadata(drawing_->surface, CAIRO_PDF_METADATA_CREATE_DATE, seconds.c_str());
  drawing_->pen = cairo_create(drawing_->surface);
}

Canvas::~Canvas() {
  cairo_destroy(drawing_->pen);
  cairo_surface_destroy(drawing_->surface);
}

void Canvas::draw(const ShapedText& text, std::size_t line, Point upper_left) {
  const Type& type = text.lines().type;
  cairo_set_source_rgb(drawing_->pen, type.grey, type.grey, type.grey);
  const double above = (type.leading - 1) / 2 + kBaseline;
  cairo_save(drawing_->pen);
  cairo_translate(drawing_->pen, upper_left.x, upper_left.y + above * type.size);
  cairo_scale(drawing_->pen, text.lines().scale(), text.lines().scale());
  cairo_move_to(drawing_->pen, 0, 0);
  pango_cairo_show_layout_line(drawing_->pen, text.lines().lines[line]);
  cairo_restore(drawing_->pen);
}

void Canvas::fill(const Box& box, double grey) {
  cairo_set_source_rgb(drawing_->pen, grey, grey, grey);
  cairo_rectangle(drawing_->pen, box.at.x, box.at.y, box.width, box.height);
  cairo_fill(drawing_->pen);
}

void Canvas::frame(const Box& box, double line_width) {
  cairo_set_source_rgb(drawing_->pen, 0, 0, 0);
  cairo_set_line_width(drawing_->pen, line_width);
  const double half = line_width / 2;
  cairo_rectangle(drawing_->pen, box.at.x + half, box.at.y + half, box.width - line_width, box.height - line_width);
  cairo_stroke(drawing_->pen);
}

void Canvas::end_page() { cairo_show_page(drawing_->pen); }

namespace {

// Cairo names itself and its site in the file; the reader need not know what the server runs. Blanks of the same length
// keep the file's table of positions right. In a text value "(" is always escaped, so no title can be taken for this.
void remove_producer(std::string& file) {
  constexpr std::string_view kMember = "/Producer (";
  const auto at = file.rfind(kMember);
  if (at == std::string::npos) return;
  auto end = at + kMember.size();
  for (int depth = 1; depth > 0 && end < file.size(); ++end) depth += file[end] == '(' ? 1 : file[end] == ')' ? -1 : 0;
  std::fill(file.begin() + static_cast<std::ptrdiff_t>(at), file.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

}  // namespace

Result<std::string> Canvas::finish() {
  const cairo_status_t drawn = cairo_status(drawing_->pen);
  cairo_surface_finish(drawing_->surface);
  const cairo_status_t written = cairo_surface_status(drawing_->surface);
  for (const cairo_status_t status : {drawn, written}) {
    if (status != CAIRO_STATUS_SUCCESS)
      return internal("The PDF file could not be made: " + std::string(cairo_status_to_string(status)) + ".");
  }
  remove_producer(drawing_->file);
  return std::move(drawing_->file);
}

}  // namespace hinomi::print
