/* fold.h - the forms under which a type is looked up.
 *
 *     type      form (as written)    word (folded)
 *     "U.S."    "U.S"                "u.s"           the final stop of a word goes
 *     "Côte"    "Côte"               "côte"
 *     "O’Neil"  "O'Neil"             "o'neil"        apostrophes are one
 *     "STRASSE" "STRASSE"            "strasse"       full case folding: "Straße" gives the same
 *     "Co\u0302te" "Côte"            "côte"          a letter and its mark are one, as in NFC
 *     "IĞDIR"   "IĞDIR"             "iğdir"         as "Iğdır" gives: its capitals are the same
 *
 * Folding may change lengths, so folded text never supplies offsets.
 */
#ifndef CA_FOLD_H
#define CA_FOLD_H

#include "base.h"
#include "mem.h"
#include "texts.h"

/* Case folding alone, as in CaseFolding.txt, of `type` into `scratch`; *out borrows it. */
CA_MUST_CHECK ca_status ca_fold_case(const ca_alloc *alloc, ca_str type, ca_scratch *scratch,
                                     ca_str *out);

/* The word of a form: the same, but that the dotless i of Turkish is an i, since I is the capital
 * of both. Which of them it was the form says. */
CA_MUST_CHECK ca_status ca_fold_word(const ca_alloc *alloc, ca_str form, ca_scratch *scratch,
                                     ca_str *out);

/* The form: apostrophes made one, soft hyphens and other invisible marks gone, letters and marks
 * composed, no final stop. */
CA_MUST_CHECK ca_status ca_fold_form(const ca_alloc *alloc, ca_str type, ca_scratch *scratch,
                                     ca_str *out);

/* The form without its accents: "Côte" gives "Cote" (accents.h). */
CA_MUST_CHECK ca_status ca_fold_accents(const ca_alloc *alloc, ca_str form, ca_scratch *scratch,
                                        ca_str *out);

/* The form with its first letter in upper case, where that is one letter which folds back and lies
 * a known step away (Latin, modern Greek, Cyrillic, Armenian); otherwise the form itself. */
CA_MUST_CHECK ca_status ca_fold_capital(const ca_alloc *alloc, ca_str form, ca_scratch *scratch,
                                        ca_str *out);

/* How a form is spelt, seen from its folded form. */
typedef enum ca_spelling {
    CA_SPELT_SMALL = 0, /* it is its folded form: "taliban", "9/11" */
    CA_SPELT_CAPITAL,   /* it is that with its first letter in upper case: "Taliban" */
    CA_SPELT_OTHER      /* "UNESCO", "McCain", "tALIBAN" */
} ca_spelling;

CA_MUST_CHECK ca_status ca_fold_spelling(const ca_alloc *alloc, ca_str form, ca_str folded,
                                         ca_scratch *scratch, ca_spelling *out);

#endif
