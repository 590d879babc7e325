/* scan.h - one token of news text, from where it begins.
 *
 *     "Gen. Milley's U.S.-led talks, 9/11: don't!?"
 *      ^^^^ ^^^^^^^^ ^^^^ ^^^ ^^^^^^ ^^^^ ^ ^^^^^ ^^
 *      Gen. Milley 's U.S. - led talks , 9/11 : don't ! ?
 *
 * The rules, on top of UAX #29 and numbered in scan.c:
 *   hyphens and dashes are tokens of their own; a possessive 's is one too; contractions are whole;
 *   initialisms and abbreviations keep their stop; AT&T, 9/11, 12:30, 10,000, 3.5 are whole;
 *   URLs, e-mail addresses, #tags, @users, emoji sequences and flags are whole; runs of one of
 *   . - ! ? * = ~ are one token. White space and invisible characters alone are never a token.
 * This is the specification; tokenize.c only finds out faster where nothing of it applies.
 * Every function looks at O(token) bytes, or at most CA_SCAN_AHEAD beyond.
 */
#ifndef CA_SCAN_H
#define CA_SCAN_H

#include "base.h"

/* What may be looked at behind a token: blanks before the number of "No. 5". */
#define CA_SCAN_AHEAD 4

/* Longest local part of an e-mail address (RFC 5321, 4.5.3.1.1). */
#define CA_SCAN_LOCAL_PART 64

/* What begins at `at` (at < text.len). */
typedef enum ca_scan_class {
    CA_SCAN_BLANK, /* white space, or an invisible character that belongs to nothing */
    CA_SCAN_LINE,  /* white space that ends a line */
    CA_SCAN_WORD,  /* a word or number: go on with ca_scan_word */
    CA_SCAN_MARK   /* anything else: go on with ca_scan_mark */
} ca_scan_class;

/* *next is the end of the first code point, or of CR LF. */
ca_scan_class ca_scan_class_at(ca_str text, size_t at, size_t *next);

/* End of the word, number or URL that begins at `at`; *possessive is the end of the possessive
 * piece ('s) that follows it, or that same end. */
size_t ca_scan_word(ca_str text, size_t at, size_t *possessive);

/* End of the mark, emoji, #tag or @user that begins at `at`. */
size_t ca_scan_mark(ca_str text, size_t at);

/* End of the possessive piece ('s) at `at`, behind a word, a tag or an address; `at` if none. */
size_t ca_scan_possessive(ca_str text, size_t at);

/* Whether the mark [at, end) may have a possessive: #tags, @users, and letters that are a word
 * each, as in Chinese. */
bool ca_scan_takes_possessive(ca_str text, size_t at, size_t end);

/* For "@" at `at`: end of the e-mail address whose local part stands before it, or `at`. */
size_t ca_scan_domain(ca_str text, size_t at);

/* Whether all bytes of [at, end) may stand in the local part of an e-mail address. */
bool ca_scan_is_local_part(ca_str text, size_t at, size_t end);

/* For ":" at `at`, behind the ASCII word that begins at `scheme`: end of the URL, or `at`. */
size_t ca_scan_url(ca_str text, size_t scheme, size_t at);

#endif
