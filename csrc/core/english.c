#include "english.h"

/* ---- abbreviations ----
 *
 * Asked for every short word before a stop, so they are compared as a whole, and only with
 * those of the same first letter. In byte order; test_english.c checks that. */

typedef struct abbreviation {
    char word[7]; /* without its stop, padded with NULs */
    uint8_t class;
} abbreviation;

#define T(word) {word, CA_ABBR_TITLE}
#define M(word) {word, CA_ABBR_MAYBE}
#define C(word) {word, CA_ABBR_MONTH}
#define N(word) {word, CA_ABBR_NUMBER}
#define U(word) {word, CA_ABBR_UNIT}
#define A(word) {word, CA_ABBR_TIME}

static const abbreviation abbreviations[] = {
    A("a.m"),    T("adm"),  M("al"),   T("amb"),  M("approx"), C("apr"),  M("ariz"), N("art"),
    N("arts"),   M("assn"), T("atty"), C("aug"),  M("ave"),    M("blvd"), T("brig"), M("bros"),
    M("calif"),  T("capt"), T("cdr"),  M("cf"),   N("ch"),     N("chap"), T("cmdr"), M("co"),
    T("col"),    M("colo"), M("conn"), M("corp"), T("cpl"),    T("cpt"),  C("dec"),  M("dept"),
    T("det"),    T("dir"),  M("dist"), T("dr"),   M("esp"),    M("esq"),  M("est"),  M("etc"),
    C("feb"),    N("fig"),  N("figs"), M("fla"),  T("fr"),     U("ft"),   T("gen"),  T("gov"),
    M("govt"),   T("hon"),  M("hr"),   M("hrs"),  M("inc"),    T("insp"), M("intl"), N("jan"),
    M("jr"),     N("jul"),  N("jun"),  M("llc"),  T("lt"),     M("ltd"),  T("maj"),  N("mar"),
    T("messrs"), M("mfg"),  T("mgr"),  M("mich"), M("minn"),   M("mont"), T("mr"),   T("mrs"),
    T("ms"),     T("mt"),   T("mx"),   M("natl"), M("nev"),    N("no"),   N("nos"),  C("nov"),
    C("oct"),    M("okla"), M("oz"),   N("p"),    A("p.m"),    N("para"), T("pfc"),  N("pp"),
    T("pres"),   T("prof"), N("pt"),   M("pty"),  T("pvt"),    M("rd"),   T("rep"),  T("reps"),
    T("rev"),    N("sec"),  T("sen"),  T("sens"), N("sep"),    C("sept"), T("sgt"),  T("spc"),
    T("spec"),   T("sr"),   T("st"),   T("ste"),  T("supt"),   M("tenn"), M("tex"),  M("univ"),
    M("va"),     M("viz"),  N("vol"),  N("vols"), T("vs"),     M("vt"),   M("wis"),  M("wyo"),
    M("yr"),     M("yrs"),
};

/* Number of the first abbreviation of each letter, and of all. */
static const uint8_t first_of[27] = {0,  13, 16, 30, 36, 40,  46,  49,  52,  55,  59,  59,  62, 75,
                                     80, 83, 93, 93, 97, 109, 111, 112, 118, 120, 120, 122, 122};

ca_abbreviation ca_english_abbreviation(ca_str folded) {
    if (folded.len == 0 || folded.len > CA_ENGLISH_LONGEST) return CA_ABBR_NONE;
    uint8_t letter = (uint8_t)(folded.ptr[0] - 'a');
    char word[7] = {0};
    if (letter >= 26) return CA_ABBR_NONE;
    memcpy(word, folded.ptr, folded.len);
    for (size_t i = first_of[letter]; i < first_of[letter + 1]; i++) {
        if (memcmp(abbreviations[i].word, word, sizeof word) == 0) return abbreviations[i].class;
    }
    return CA_ABBR_NONE;
}

/* ---- words ----
 *
 * Asked once per type, or behind an apostrophe. Each list is in byte order, for list_has. */
static const char *const starters[] = {
    "a",         "according",    "after",     "all",       "although", "among",   "an",
    "and",       "another",      "any",       "are",       "as",       "at",      "because",
    "before",    "both",         "but",       "by",        "can",      "critics", "despite",
    "did",       "do",           "does",      "during",    "each",     "earlier", "even",
    "every",     "few",          "finally",   "for",       "from",     "further", "furthermore",
    "had",       "has",          "have",      "he",        "her",      "here",    "his",
    "how",       "however",      "i",         "if",        "in",       "indeed",  "instead",
    "is",        "it",           "its",       "last",      "later",    "let",     "many",
    "may",       "meanwhile",    "more",      "moreover",  "most",     "much",    "my",
    "neither",   "nevertheless", "no",        "nor",       "not",      "nothing", "now",
    "officials", "on",           "once",      "one",       "only",     "or",      "other",
    "others",    "our",          "over",      "perhaps",   "police",   "rather",  "several",
    "she",       "should",       "similarly", "since",     "so",       "some",    "still",
    "such",      "that",         "the",       "their",     "then",     "there",   "therefore",
    "these",     "they",         "this",      "those",     "though",   "through", "thus",
    "to",        "today",        "two",       "under",     "unlike",   "until",   "was",
    "we",        "well",         "were",      "what",      "when",     "where",   "whether",
    "which",     "while",        "who",       "why",       "will",     "with",    "within",
    "without",   "would",        "yes",       "yesterday", "yet",      "you",     "your",
};

static const char *const time_words[] = {
    "april",    "aug",      "august", "bst",     "cet",      "cst",       "dec",
    "december", "eastern",  "edt",    "est",     "et",       "feb",       "february",
    "friday",   "gmt",      "jan",    "january", "july",     "june",      "local",
    "march",    "may",      "mdt",    "monday",  "mst",      "november",  "october",
    "pacific",  "pdt",      "pst",    "pt",      "saturday", "sept",      "september",
    "sunday",   "thursday", "time",   "tuesday", "utc",      "wednesday",
};

static const char *const pronouns[] = {
    "everybody", "everyone",  "he",   "here",  "how",  "it",   "let",   "nobody", "she",
    "someone",   "something", "that", "there", "what", "when", "where", "who",    "why",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int compare(ca_str word, const char *entry) {
    int first = word.ptr[0] - (uint8_t)entry[0]; /* usually enough */
    if (first != 0) return first;
    size_t len = strlen(entry);
    int order = memcmp(word.ptr, entry, word.len < len ? word.len : len);
    return order != 0 ? order : (word.len > len) - (word.len < len);
}

static bool list_has(const char *const *list, size_t n, ca_str word) {
    size_t low = 0, high = n;
    if (word.len == 0) return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(word, list[middle]);
        if (order == 0) return true;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

bool ca_english_is_starter(ca_str folded) {
    return list_has(starters, COUNT(starters), folded);
}

bool ca_english_is_time_word(ca_str folded) {
    return list_has(time_words, COUNT(time_words), folded);
}

bool ca_english_is_pronoun(ca_str folded) {
    return list_has(pronouns, COUNT(pronouns), folded);
}
