/* ucd.h - the text files of the Unicode Character Database, for the tests that read them.
 *
 *     FILE *file = ucd_open("auxiliary/WordBreakTest.txt");
 *     char line[UCD_LINE];
 *     while (ucd_line(file, line)) ...      // lines with data, without comment and line end
 *     fclose(file);
 */
#ifndef CA_TEST_UCD_H
#define CA_TEST_UCD_H

#include <stdio.h>
#include <stdlib.h>

#include "support.h"

#define UCD_LINE 2048

/* Open a file below the folder that CA_UCD names, else where Debian puts it; fails the test. */
static inline FILE *ucd_open(const char *name) {
    const char *folder = getenv("CA_UCD");
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : "/usr/share/unicode", name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail_msg("%s: cannot be read; install Debian's package unicode-data, or set CA_UCD", path);
    return file;
}

/* The next line that holds data; false at the end of the file. */
static inline bool ucd_line(FILE *file, char line[UCD_LINE]) {
    while (fgets(line, UCD_LINE, file) != NULL) {
        line[strcspn(line, "#\r\n")] = '\0';
        if (line[strspn(line, " \t")] != '\0') return true;
    }
    return false;
}

/* Split a line such as `0041..005A ; Lu`: first and last code point; the value without blanks. */
static inline const char *ucd_range(char *line, uint32_t *first, uint32_t *last) {
    char *rest;
    *first = (uint32_t)strtoul(line, &rest, 16);
    *last = rest[0] == '.' ? (uint32_t)strtoul(rest + 2, &rest, 16) : *first;
    char *value = rest + strcspn(rest, ";") + 1;
    value += strspn(value, " ");
    value[strcspn(value, " ;")] = '\0';
    assert_true(*first <= *last && *last < 0x110000);
    return value;
}

#endif
