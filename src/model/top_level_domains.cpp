// What host_name.h knows of last labels. Two-letter codes: every delegated ccTLD (IANA root zone). Others: the gTLDs
// met in practice; a domain under a rarer one is still read when it stands alone or is defanged, only not picked out of
// prose.
#include <set>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/host_name.h"

namespace hinomi {
namespace {

constexpr std::string_view kCountryCodes =
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge "
    "gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh "
    "ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw "
    "mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb "
    "sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk "
    "us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

constexpr std::string_view kGeneric =
    "aero agency app art arpa asia associates auction autos bank bar beauty best bet bid bike biz black blog blue "
    "boats "
    "boo bond build business buzz cafe cam camp capital cards care cash casino cat center cfd charity chat cheap "
    "church "
    "city cleaning click clinic cloud club codes coffee college com community company computer consulting cool coop "
    "cyou dad date day dealer degree delivery design dev digital direct directory discount doctor download earth edu "
    "education email energy engineering enterprises events exchange expert express faith family fan fans farm fashion "
    "finance financial fish fit flowers foo foundation fun fund fyi gallery game games gdn gift global gmbh gold goog "
    "gov gratis green group guide guru hair haus health help homes host hosting house how icu inc ind info ink "
    "institute insure int international investments irish jobs kim kitchen land lat law legal lgbt life limited link "
    "live loan loans lol love ltd market marketing mba media meme men microsoft mil mobi moe mom monster "
    "motorcycles mov museum name net network new news ngo ninja nyc okinawa one onion online onl ooo org organic osaka "
    "page party phd photo photos pics pictures pink pizza plus post press pro prof promo properties pub quest racing "
    "realty recipes red rent repair report rest review reviews rip rocks run sale sbs school science security services "
    "sex sexy shop show singles site skin social software solar solutions space stream studio style supply support "
    "surf systems team tech technology tel tips today tokyo tools top tours town toys trade trading training travel "
    "university uno vacations vegas ventures vet video vin vip vision vote voyage wang watch webcam website wiki win "
    "wine work works world wtf xin xxx xyz yokohama zip zone nagoya kyoto";

constexpr std::string_view kFileLike = "mov md ps py rs sh so zip";

// Country codes whose registry sells names one level further down, and the labels it uses there.
constexpr std::string_view kStructuredCountries =
    "ar au br cn cr eg hk id il in jp ke kr mx my ng nz pe ph pk pl sg th tr tw ua uk vn za";
constexpr std::string_view kSecondLevels =
    "ac ad co com ed edu gen go gob gov gr id in lg ltd mil ne net nom or org plc sch web";

using LabelSet = std::set<std::string_view>;

LabelSet labels_of(std::string_view words) {
  const auto parts = split(words, ' ');
  return {parts.begin(), parts.end()};
}

const LabelSet& top_levels() {
  static const LabelSet kLabels = [] {
    LabelSet labels = labels_of(kCountryCodes);
    labels.merge(labels_of(kGeneric));
    return labels;
  }();
  return kLabels;
}

}  // namespace

// Internationalised top-level domains all begin with xn--; none can be mistaken for prose.
bool is_known_top_level(std::string_view label) { return label.starts_with("xn--") || top_levels().contains(label); }

bool is_file_like_top_level(std::string_view label) {
  static const LabelSet kLabels = labels_of(kFileLike);
  return kLabels.contains(label);
}

bool is_registry_suffix(std::string_view domain) {
  static const LabelSet kCountries = labels_of(kStructuredCountries);
  static const LabelSet kSeconds = labels_of(kSecondLevels);
  const auto labels = split(domain, '.');
  if (labels.size() < 2) return true;
  return labels.size() == 2 && kCountries.contains(labels[1]) && kSeconds.contains(labels[0]);
}

}  // namespace hinomi
