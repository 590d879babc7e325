/* marks.h - marks for sentences.h that leave out no token.
 *
 *     ca_starts marks = all_marks(doc.n);       // 0 1 2 ...
 *     ca_starts_reset(&alloc, &marks);          // of the C library
 */
#ifndef CA_TEST_MARKS_H
#define CA_TEST_MARKS_H

#include "support.h"

#include "../../csrc/core/sentences.h"

static inline ca_starts all_marks(size_t n) {
    ca_alloc alloc = ca_alloc_libc();
    ca_starts marks = {.items = NULL};
    for (size_t i = 0; i < n; i++)
        assert_int_equal(ca_starts_add(&alloc, &marks, (uint32_t)i), CA_OK);
    return marks;
}

#endif
