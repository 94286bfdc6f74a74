/* examples/lru/order.h: numbers in the order of their last use, in plain C, which a port leaves as it is. */
#ifndef LRU_ORDER_H
#define LRU_ORDER_H

#include <stddef.h>
#include <stdlib.h>

/* No number. */
#define NOWHERE (-1)

/* The numbers that were used just before one and just after it. Of a free one, `older` is the next free one. */
typedef struct {
    ptrdiff_t older, newer;
} Link;

typedef struct {
    Link *links;
    ptrdiff_t size, newest, oldest, free;
} Order;

/* All numbers below `size` are free. Returns -1 if there is no memory. */
static inline int order_init(Order *order, ptrdiff_t size)
{
    ptrdiff_t at;
    order->links = (Link *)calloc((size_t)size, sizeof(Link));
    if (order->links == NULL) {
        return -1;
    }
    for (at = 0; at < size; at++) {
        order->links[at].older = at + 1 < size ? at + 1 : NOWHERE;
    }
    order->size = size;
    order->newest = order->oldest = NOWHERE;
    order->free = 0;
    return 0;
}

/* A number that nobody uses, and NOWHERE if all are used. */
static inline ptrdiff_t order_take(Order *order)
{
    ptrdiff_t at = order->free;
    if (at != NOWHERE) {
        order->free = order->links[at].older;
    }
    return at;
}

static inline void order_give_back(Order *order, ptrdiff_t at)
{
    order->links[at].older = order->free;
    order->free = at;
}

static inline void order_unlink(Order *order, ptrdiff_t at)
{
    Link link = order->links[at];
    if (link.newer == NOWHERE) {
        order->newest = link.older;
    } else {
        order->links[link.newer].older = link.older;
    }
    if (link.older == NOWHERE) {
        order->oldest = link.newer;
    } else {
        order->links[link.older].newer = link.newer;
    }
}

static inline void order_link_newest(Order *order, ptrdiff_t at)
{
    order->links[at].newer = NOWHERE;
    order->links[at].older = order->newest;
    if (order->newest == NOWHERE) {
        order->oldest = at;
    } else {
        order->links[order->newest].newer = at;
    }
    order->newest = at;
}

static inline void order_use(Order *order, ptrdiff_t at)
{
    if (at != order->newest) {
        order_unlink(order, at);
        order_link_newest(order, at);
    }
}

#endif /* LRU_ORDER_H */
