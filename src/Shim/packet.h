/* Packets over a Unix socket, and the descriptors that they carry. */
#ifndef PACKET_H
#define PACKET_H
#include <sys/socket.h>
#include <sys/uio.h>
#include "shim.h"

#define SLICE 100 /* ms; how long a dead daemon goes unnoticed */
#define CARRIED_MAX (WIRE_DESCRIPTORS_MAX + 2) /* what a call names, the file that it is about, and a socket */

/* What came with a packet. */
struct carried {
	unsigned count;
	int fd[CARRIED_MAX];
	struct ucred sender; /* where the socket asks for it: its uid is -1 else */
	bool is_cut; /* there were more than could come */
};

long make_pair(int ends[2]);
long post(int fd, const struct iovec *parts, size_t count, const int *along, unsigned carried);
long receive(int fd, void *bytes, size_t size, struct carried *carried);
void drop(struct carried *carried);
bool is_gone(int fd); /* the other end */
long bind_name(int fd, const char *name);

/* region.c: the memory that the process shares with a daemon. */
struct region {
	char token[20]; /* of the daemon */
	uint64_t id;
	char *base;
	uint32_t slots;
};
struct region *region_of(int fd, const struct ours *ours, long *error); /* NULL where there can be none, and why */
struct region *region_known(const struct ours *ours);      /* NULL where the process has not attached */

static inline struct wire_slot *slot_at(const struct region *region, unsigned index)
{
	return (struct wire_slot *)(region->base + (size_t)index * WIRE_SLOT_SIZE);
}
#endif
