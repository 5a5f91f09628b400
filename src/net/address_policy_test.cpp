#include "net/address_policy.h"

#include <gmock/gmock.h>

namespace hinomi {
namespace {

IpAddress address(std::string_view text) {
  auto parsed = IpAddress::parse(text);
  EXPECT_TRUE(parsed.ok()) << text;
  return parsed.ok() ? *parsed : IpAddress{};
}

class NotPublic : public testing::TestWithParam<const char*> {};
TEST_P(NotPublic, AddressIsNeverFetched) {
  EXPECT_FALSE(is_public_address(address(GetParam())));
  EXPECT_FALSE(AddressPolicy{}.allows({address(GetParam()), 443}));
}
INSTANTIATE_TEST_SUITE_P(V4, NotPublic,
                         testing::Values("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",
                                         "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
                                         "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170",
                                         "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
                                         "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
                                         "239.255.255.255", "240.0.0.1", "255.255.255.255"));
INSTANTIATE_TEST_SUITE_P(V6, NotPublic,
                         testing::Values("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
                                         "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1",
                                         "64:ff9b::10.1.2.3", "64:ff9b:1::8.8.8.8", "100::1", "2001::1",
                                         "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1",
                                         "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1",
                                         "5f00::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
                                         "2400:cb00::5efe:10.0.0.1", "2400:cb00::200:5efe:127.0.0.1", "4000::1",
                                         "8000::1"));

class Public : public testing::TestWithParam<const char*> {};
TEST_P(Public, AddressMayBeFetchedOnTheWebPortsOnly) {
  EXPECT_TRUE(is_public_address(address(GetParam())));
  EXPECT_TRUE(AddressPolicy{}.allows({address(GetParam()), 443}));
  EXPECT_TRUE(AddressPolicy{}.allows({address(GetParam()), 80}));
  EXPECT_FALSE(AddressPolicy{}.allows({address(GetParam()), 22}));
}
INSTANTIATE_TEST_SUITE_P(Both, Public,
                         testing::Values("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255",
                                         "100.128.0.0", "126.255.255.255", "128.0.0.0", "172.15.255.255", "172.32.0.0",
                                         "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
                                         "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2001:200::1", "2400:cb00::1",
                                         "2606:4700::1111", "2400:cb00::5efe:8.8.8.8"));

class NoAddress : public testing::TestWithParam<const char*> {};
TEST_P(NoAddress, LooseSpellingsAreNotRead) { EXPECT_FALSE(IpAddress::parse(GetParam()).ok()); }
INSTANTIATE_TEST_SUITE_P(Spellings, NoAddress,
                         testing::Values("", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.01",
                                         "127.0.0.1 ", " 127.0.0.1", "127.0.0.1.", "256.0.0.1", "[::1]", "::1%lo",
                                         "1::2::3", "a.b", "127.0.0.1:80", "::ffff:127.0.0.01"));

TEST(AddressPolicy, AnExceptionIsOneAddressOnOnePort) {
  const AddressPolicy policy{{{address("127.0.0.1"), 8443}}};
  EXPECT_TRUE(policy.allows({address("127.0.0.1"), 8443}));
  EXPECT_TRUE(policy.allows({address("::ffff:127.0.0.1"), 8443}));
  EXPECT_FALSE(policy.allows({address("127.0.0.1"), 443}));
  EXPECT_FALSE(policy.allows({address("127.0.0.2"), 8443}));
  EXPECT_FALSE(policy.allows({address("::1"), 8443}));
}

TEST(IpAddress, IsWrittenAsPeopleReadIt) {
  EXPECT_EQ(address("::ffff:192.0.2.1").text(), "192.0.2.1");
  EXPECT_EQ(address("2001:0db8:0:0::0001").text(), "2001:db8::1");
}

}  // namespace
}  // namespace hinomi
