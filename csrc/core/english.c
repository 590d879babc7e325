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
    A("a.m"),   T("adm"),  M("al"),   C("ala"),  C("alta"), T("amb"),   M("approx"), C("apr"),
    M("ariz"),  C("ark"),  N("art"),  N("arts"), M("assn"), M("assoc"), T("asst"),   T("atty"),
    C("aug"),   M("ave"),  M("bldg"), M("blvd"), T("brig"), M("bros"),  N("ca"),     M("calif"),
    T("capt"),  T("cdr"),  M("cf"),   N("ch"),   N("chap"), T("cmdr"),  M("co"),     T("col"),
    M("colo"),  M("conn"), M("corp"), C("cos"),  T("cpl"),  T("cpt"),   C("dec"),    C("del"),
    M("dept"),  T("det"),  T("dir"),  M("dist"), T("dr"),   T("drs"),   M("esp"),    M("esq"),
    M("est"),   M("etc"),  N("ext"),  C("feb"),  N("fig"),  N("figs"),  M("fla"),    T("fr"),
    U("ft"),    C("ga"),   T("gen"),  T("gens"), T("gov"),  T("govs"),  M("govt"),   T("hon"),
    M("hr"),    M("hrs"),  M("hwy"),  C("ill"),  M("inc"),  M("incl"),  C("ind"),    T("insp"),
    M("intl"),  N("jan"),  M("jr"),   N("jul"),  N("jun"),  C("kan"),   C("ky"),     C("la"),
    M("llc"),   T("lt"),   M("ltd"),  T("maj"),  N("mar"),  C("mass"),  C("md"),     T("messrs"),
    M("mfg"),   M("mgmt"), T("mgr"),  M("mich"), M("minn"), M("misc"),  C("miss"),   T("mlle"),
    T("mme"),   C("mo"),   M("mont"), T("mr"),   T("mrs"),  T("ms"),    T("msgr"),   T("mt"),
    T("mx"),    M("natl"), C("neb"),  M("nev"),  N("no"),   N("nos"),   C("nov"),    C("oct"),
    M("okla"),  C("ont"),  N("op"),   C("ore"),  M("oz"),   N("p"),     A("p.m"),    T("p.s"),
    C("pa"),    N("para"), C("penn"), T("pfc"),  M("pkwy"), N("pp"),    T("pres"),   T("prof"),
    T("profs"), T("ps"),   N("pt"),   T("pte"),  M("pty"),  T("pvt"),   C("que"),    M("rd"),
    T("rep"),   T("reps"), M("resp"), T("rev"),  T("rt"),   N("sec"),   T("sen"),    T("sens"),
    N("sep"),   C("sept"), T("sgt"),  T("spc"),  T("spec"), M("sq"),    M("sr"),     U("st"),
    T("ste"),   T("supt"), M("tbsp"), N("tel"),  M("tenn"), M("tex"),   C("thurs"),  M("tsp"),
    C("tues"),  M("univ"), T("v"),    M("va"),   M("viz"),  N("vol"),   N("vols"),   T("vs"),
    M("vt"),    C("wash"), M("wis"),  M("wyo"),  M("yr"),   M("yrs"),
};

#undef T
#undef M
#undef C
#undef N
#undef U
#undef A

/* Number of the first abbreviation of each letter, and of all. */
static const uint8_t first_of[27] = {0,   18,  22,  38,  46,  51,  57,  63,  67,
                                     73,  77,  79,  83,  105, 111, 117, 134, 135,
                                     141, 154, 161, 162, 169, 172, 172, 174, 174};

/* The last letters of the abbreviations with each first letter, as bits: most words are told apart
 * by these. */
static const uint32_t lasts_of[26] = {
    0x38E3C57, 0x0040048, 0x00EE8A1, 0x00E0804, 0x0098004, 0x00E0043, 0x02C2001,
    0x1062000, 0x000880C, 0x0022800, 0x1002000, 0x008000D, 0x08E62DC, 0x0244802,
    0x2088011, 0x10CB035, 0x0000010, 0x02C8008, 0x00FA014, 0x084A800, 0x0200000,
    0x22C0801, 0x0044080, 0x0000000, 0x0060000, 0x0000000,
};

bool ca_english_may_be_abbreviation(ca_str word) {
    if (word.len == 0 || word.len > CA_ENGLISH_LONGEST) return false;
    unsigned first = (word.ptr[0] | 0x20u) - 'a', last = (word.ptr[word.len - 1] | 0x20u) - 'a';
    return first < 26 && last < 26 && (lasts_of[first] >> last & 1);
}

ca_abbreviation ca_english_abbreviation(ca_str folded) {
    if (!ca_english_may_be_abbreviation(folded)) return CA_ABBR_NONE;
    unsigned letter = folded.ptr[0] - 'a';
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
 * Asked once per type, near a stop, or behind an apostrophe: told apart by the first letter and the
 * last one, then compared as a whole. In byte order; test_english.c checks that. */

#define S CA_ROLE_STARTER
#define C CA_ROLE_COURTESY
#define L CA_ROLE_LINK
#define T CA_ROLE_TIME
#define P CA_ROLE_PRONOUN

typedef struct entry {
    char word[CA_ENGLISH_LONGEST_WORD]; /* padded with NULs */
    uint8_t roles;
} entry;

static const entry entries[] = {
    {"a", S},
    {"about", S},
    {"above", S},
    {"according", S},
    {"across", S},
    {"added", L},
    {"additionally", S},
    {"after", S},
    {"against", S},
    {"all", S},
    {"almost", S},
    {"along", S},
    {"also", S},
    {"although", S},
    {"always", S},
    {"among", S},
    {"an", S},
    {"analysts", S},
    {"and", S | L},
    {"another", S},
    {"answered", L},
    {"any", S},
    {"april", T},
    {"are", S},
    {"around", S},
    {"as", S},
    {"asked", L},
    {"asks", L},
    {"at", S},
    {"aug", T},
    {"august", T},
    {"because", S},
    {"before", S},
    {"below", S},
    {"besides", S},
    {"between", S},
    {"beyond", S},
    {"both", S},
    {"bst", T},
    {"but", S},
    {"by", S},
    {"can", S},
    {"cdt", T},
    {"cet", T},
    {"consequently", S},
    {"cried", L},
    {"cries", L},
    {"critics", S},
    {"cst", T},
    {"dec", T},
    {"december", T},
    {"despite", S},
    {"did", S},
    {"do", S},
    {"does", S},
    {"during", S},
    {"each", S},
    {"earlier", S},
    {"eastern", T},
    {"edt", T},
    {"either", S},
    {"elsewhere", S},
    {"est", T},
    {"et", T},
    {"even", S},
    {"every", S},
    {"everybody", S | P},
    {"everyone", S | P},
    {"everything", S},
    {"feb", T},
    {"february", T},
    {"few", S},
    {"finally", S},
    {"for", S},
    {"friday", T},
    {"from", S},
    {"further", S},
    {"furthermore", S},
    {"gmt", T},
    {"had", S},
    {"has", S},
    {"have", S},
    {"he", S | P},
    {"hence", S},
    {"her", S},
    {"here", S | P},
    {"his", S},
    {"how", S | P},
    {"however", S},
    {"i", S},
    {"if", S},
    {"in", S},
    {"indeed", S},
    {"instead", S},
    {"ironically", S},
    {"is", S},
    {"it", S | P},
    {"its", S},
    {"jan", T},
    {"january", T},
    {"july", T},
    {"june", T},
    {"just", S},
    {"last", S},
    {"later", S},
    {"let", S | P},
    {"like", S},
    {"likewise", S},
    {"local", T},
    {"many", S},
    {"march", T},
    {"may", S | T},
    {"maybe", S},
    {"mdt", T},
    {"meanwhile", S},
    {"monday", T},
    {"more", S},
    {"moreover", S},
    {"most", S},
    {"mr", C},
    {"mrs", C},
    {"ms", C},
    {"mst", T},
    {"much", S},
    {"my", S},
    {"nearly", S},
    {"neither", S},
    {"never", S},
    {"nevertheless", S},
    {"no", S},
    {"nobody", S | P},
    {"none", S},
    {"nor", S | L},
    {"not", S},
    {"nothing", S},
    {"november", T},
    {"now", S},
    {"october", T},
    {"officials", S},
    {"often", S},
    {"on", S},
    {"once", S},
    {"one", S},
    {"only", S},
    {"or", S | L},
    {"other", S},
    {"others", S},
    {"otherwise", S},
    {"our", S},
    {"over", S},
    {"pacific", T},
    {"pdt", T},
    {"people", S},
    {"perhaps", S},
    {"police", S},
    {"previously", S},
    {"pst", T},
    {"pt", T},
    {"rather", S},
    {"recently", S},
    {"replied", L},
    {"said", L},
    {"saturday", T},
    {"say", L},
    {"says", L},
    {"separately", S},
    {"sept", T},
    {"september", T},
    {"several", S},
    {"shares", S},
    {"she", S | P},
    {"should", S},
    {"shouted", L},
    {"shouts", L},
    {"similarly", S},
    {"since", S},
    {"so", S},
    {"some", S},
    {"someone", S | P},
    {"something", S | P},
    {"sometimes", S},
    {"soon", S},
    {"sources", S},
    {"still", S},
    {"such", S},
    {"sunday", T},
    {"surprisingly", S},
    {"that", S | P},
    {"the", S},
    {"their", S},
    {"then", S},
    {"there", S | P},
    {"thereafter", S},
    {"therefore", S},
    {"these", S},
    {"they", S},
    {"this", S},
    {"those", S},
    {"though", S},
    {"thought", L},
    {"through", S},
    {"throughout", S},
    {"thursday", T},
    {"thus", S},
    {"time", T},
    {"to", S},
    {"today", S},
    {"toward", S},
    {"tuesday", T},
    {"two", S},
    {"under", S},
    {"unfortunately", S},
    {"unlike", S},
    {"until", S},
    {"upon", S},
    {"utc", T},
    {"was", S},
    {"we", S},
    {"wednesday", T},
    {"well", S},
    {"were", S},
    {"what", S | P},
    {"whatever", S},
    {"when", S | P},
    {"whenever", S},
    {"where", S | P},
    {"wherever", S},
    {"whether", S},
    {"which", S},
    {"while", S},
    {"who", S | P},
    {"whoever", S},
    {"whose", S},
    {"why", S | P},
    {"will", S},
    {"with", S},
    {"within", S},
    {"without", S},
    {"wondered", L},
    {"would", S},
    {"wrote", L},
    {"yelled", L},
    {"yes", S},
    {"yesterday", S},
    {"yet", S},
    {"you", S},
    {"your", S},
};

/* Number of the first word of each letter, and of all; and the last letters of these. */
static const uint8_t first_word[27] = {0,   31,  41,  49,  56,  69,  78,  79,  89,
                                       98,  103, 103, 109, 125, 137, 150, 158, 158,
                                       161, 187, 210, 216, 216, 241, 241, 247, 247};
static const uint32_t lasts_of_words[26] = {
    0x10E68D9, 0x14C2098, 0x10C2008, 0x006405C, 0x10A20D0, 0x1421012, 0x0080000,
    0x0460018, 0x10C2128, 0x1082010, 0x0000000, 0x00A0810, 0x10E0090, 0x14E4050,
    0x1062010, 0x10C0014, 0x0000000, 0x1020008, 0x10E68D8, 0x10E6098, 0x1022814,
    0x0000000, 0x10E6898, 0x0000000, 0x11E0008, 0x0000000};

unsigned ca_english_roles(ca_str folded) {
    char key[CA_ENGLISH_LONGEST_WORD] = {0};
    if (folded.len == 0 || folded.len > sizeof key) return 0;
    unsigned first = folded.ptr[0] - 'a', last = folded.ptr[folded.len - 1] - 'a';
    if (first >= 26 || last >= 26 || !(lasts_of_words[first] >> last & 1)) return 0;
    memcpy(key, folded.ptr, folded.len);
    for (size_t i = first_word[first]; i < first_word[first + 1]; i++) {
        if (memcmp(entries[i].word, key, 8) != 0) continue; /* nearly always enough */
        if (memcmp(entries[i].word + 8, key + 8, sizeof key - 8) == 0) return entries[i].roles;
    }
    return 0;
}
