// A fresh self-signed P-256 certificate for 127.0.0.1, as PEM files that vanish with the object. For TLS tests.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace hinomi::testing_support {

class TestCertificate {
 public:
  explicit TestCertificate(const std::string& subject_alternative_name = "IP:127.0.0.1") {
    std::string directory = "/tmp/hinomi_tls_XXXXXX";
    if (::mkdtemp(directory.data()) == nullptr) std::abort();
    directory_ = directory;
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, void (*)(X509*)> certificate(X509_new(), X509_free);
    fill(certificate.get(), key.get(), subject_alternative_name);
    write(certificate_path(), [&](FILE* file) { PEM_write_X509(file, certificate.get()); });
    write(key_path(),
          [&](FILE* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  }
  ~TestCertificate() {
    ::unlink(certificate_path().c_str());
    ::unlink(key_path().c_str());
    ::rmdir(directory_.c_str());
  }
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  [[nodiscard]] std::string certificate_path() const { return directory_ + "/certificate.pem"; }
  [[nodiscard]] std::string key_path() const { return directory_ + "/key.pem"; }

 private:
  static void fill(X509* certificate, EVP_PKEY* key, const std::string& alternative_name) {
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative_name.c_str());
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate, key, EVP_sha256());
  }
  template <class Writer>
  static void write(const std::string& path, const Writer& writer) {
    FILE* file = std::fopen(path.c_str(), "w");
    if (file == nullptr) std::abort();
    writer(file);
    std::fclose(file);
  }

  std::string directory_;
};

}  // namespace hinomi::testing_support
