#include "english.h"

/* Each list is in byte order, for ca_list_has; test_english.c checks that. */
static const char *const titles[] = {
    "adm",  "amb", "atty", "brig", "capt", "cdr",  "cmdr", "col",  "cpl", "cpt",    "det", "dir",
    "dr",   "fr",  "ft",   "gen",  "gov",  "hon",  "insp", "lt",   "maj", "messrs", "mgr", "mr",
    "mrs",  "ms",  "mt",   "mx",   "pfc",  "pres", "prof", "pvt",  "rep", "reps",   "rev", "sen",
    "sens", "sgt", "spc",  "spec", "sr",   "st",   "ste",  "supt", "vs",
};

static const char *const maybes[] = {
    "al",   "approx", "ariz", "assn", "ave",  "blvd", "bros", "calif", "cf",   "co",
    "colo", "conn",   "corp", "dept", "dist", "esp",  "esq",  "est",   "etc",  "fla",
    "govt", "hr",     "hrs",  "inc",  "intl", "jr",   "llc",  "ltd",   "mfg",  "mich",
    "minn", "mont",   "natl", "nev",  "okla", "oz",   "pty",  "rd",    "tenn", "tex",
    "univ", "va",     "viz",  "vt",   "wis",  "wyo",  "yr",   "yrs",
};

static const char *const numbers[] = {
    "art", "arts", "ch", "chap", "fig", "figs", "jan", "jul", "jun", "mar",
    "no",  "nos",  "p",  "para", "pp",  "pt",   "sec", "sep", "vol", "vols",
};

static const char *const months[] = {"apr", "aug", "dec", "feb", "nov", "oct", "sept"};

static const char *const times[] = {
    "a.m",
    "p.m",
};

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

ca_abbreviation ca_english_abbreviation(ca_str folded) {
    if (folded.len > CA_ENGLISH_LONGEST) return CA_ABBR_NONE;
    if (list_has(titles, COUNT(titles), folded)) return CA_ABBR_TITLE;
    if (list_has(maybes, COUNT(maybes), folded)) return CA_ABBR_MAYBE;
    if (list_has(months, COUNT(months), folded)) return CA_ABBR_MONTH;
    if (list_has(numbers, COUNT(numbers), folded)) return CA_ABBR_NUMBER;
    if (list_has(times, COUNT(times), folded)) return CA_ABBR_TIME;
    return CA_ABBR_NONE;
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
