#include "model/file_name.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace hinomi {
namespace {

using NameSet = std::set<std::string_view>;

constexpr std::size_t kMaxFileName = 255;

constexpr std::string_view kPrograms =
    "exe dll sys scr bat cmd ps1 psm1 vbs vbe jse wsf wsh hta lnk msi cpl ocx pif com docm xlsm pptm xll jar apk";
constexpr std::string_view kOthers =
    "doc docx xls xlsx ppt pptx pdf rtf txt csv log xml json yml yaml ini cfg conf dat bin tmp bak iso img vhd vhdx "
    "one "
    "zip rar 7z gz tar tgz bz2 xz cab sh py rb php asp aspx jsp js ts css htm html md c cc h hpp cpp rs go java class "
    "so elf dmg pkg deb rpm png jpg jpeg gif bmp svg mp3 mp4 avi mov eml msg pcap pcapng evtx reg inf sql db mdb chm "
    "ps";
constexpr std::string_view kSystemFiles =
    "cmd.exe powershell.exe pwsh.exe rundll32.exe regsvr32.exe svchost.exe explorer.exe lsass.exe services.exe "
    "winlogon.exe csrss.exe smss.exe wininit.exe spoolsv.exe taskhost.exe taskhostw.exe dllhost.exe conhost.exe "
    "wscript.exe cscript.exe mshta.exe msiexec.exe schtasks.exe net.exe net1.exe sc.exe reg.exe wmic.exe certutil.exe "
    "bitsadmin.exe notepad.exe iexplore.exe msedge.exe chrome.exe firefox.exe winword.exe excel.exe outlook.exe "
    "powerpnt.exe kernel32.dll ntdll.dll user32.dll advapi32.dll wininet.dll ws2_32.dll shell32.dll";
constexpr std::string_view kHashesOfNothing =
    "d41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709 "
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

NameSet names_of(std::string_view words) {
  const auto parts = split(words, ' ');
  return {parts.begin(), parts.end()};
}

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> normal_file_name(std::string_view text) {
  const bool only_dots = text.find_first_not_of('.') == std::string_view::npos;
  if (only_dots || text.size() > kMaxFileName || text != trimmed(text) || !is_utf8(text)) return std::nullopt;
  if (std::any_of(text.begin(), text.end(), is_forbidden)) return std::nullopt;
  return lower_ascii(text);
}

bool is_program_extension(std::string_view extension) {
  static const NameSet kNames = names_of(kPrograms);
  return kNames.contains(extension);
}

bool is_file_extension(std::string_view extension) {
  static const NameSet kNames = names_of(kOthers);
  return kNames.contains(extension) || is_program_extension(extension);
}

bool is_system_file_name(std::string_view name) {
  static const NameSet kNames = names_of(kSystemFiles);
  return kNames.contains(name);
}

bool is_hash_of_nothing(std::string_view hash) {
  static const NameSet kHashes = names_of(kHashesOfNothing);
  return kHashes.contains(hash);
}

}  // namespace hinomi
