/* dict_file.h - a dictionary as bytes: written to a file, sent to a process, mapped again.
 *
 *     size_t n = ca_dict_file_size(&dict, meta.len);
 *     ca_dict_file_write(&dict, meta, bytes);
 *     ca_dict_file_open((ca_str){bytes, n}, &dict, &meta, &why);     // looks into the bytes
 *
 * The bytes are the buffer of dict.h, with `meta` (what the caller knows of the aliases) behind it
 * and a checksum over all of it: whatever single byte changes, the checksum does. They carry a
 * fingerprint of how texts are cut into words and folded; a dictionary that was built under other
 * rules would miss names without a sign, so it is refused.
 */
#ifndef CA_DICT_FILE_H
#define CA_DICT_FILE_H

#include "base.h"
#include "dict.h"

/* A hash of how a sample of text is tokenized and folded, and of the tables behind that. */
CA_MUST_CHECK ca_status ca_dict_fingerprint(const ca_alloc *alloc, uint64_t *out);

/* Bytes of the file; 0 if it were too large. */
uint64_t ca_dict_file_size(const ca_dict *dict, size_t n_meta);

/* Write it to `out`, which has room for that, aligned to 8. */
void ca_dict_file_write(const ca_dict *dict, ca_str meta, uint64_t fingerprint, uint8_t *out);

/* Open the bytes of a file (aligned to 8), which must outlive *out and stay as they are. What does
 * not fit is CA_INVALID, and *why says what it is. O(file), at the speed of memory. */
CA_MUST_CHECK ca_status ca_dict_file_open(ca_str file, uint64_t fingerprint, ca_dict *out,
                                          ca_str *meta, const char **why);

#endif
