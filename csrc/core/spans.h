/* spans.h - the sentences of one text as spans, by the shortest way.
 *
 *     ca_bounds spans = {NULL, 0, 0};
 *     CA_TRY(ca_sentence_spans(alloc, &text, poll, &spans));   // "Hm. So?" -> 0 3 4 7
 *
 * The same sentences as ca_tokenizer_chunk finds. Types are not interned, and only what the rules
 * of sentences.h look at is found out.
 */
#ifndef CA_SPANS_H
#define CA_SPANS_H

#include "base.h"
#include "bounds.h"
#include "mem.h"
#include "texts.h"

/* Spans in code points, start and end by turns, of `text` in news mode. On failure *spans is
 * empty. */
CA_MUST_CHECK ca_status ca_sentence_spans(const ca_alloc *alloc, const ca_text *text,
                                          const ca_poll *poll, ca_bounds *spans);

#endif
