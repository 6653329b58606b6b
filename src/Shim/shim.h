/* The parts of the client library, as they see each other. */
#ifndef SHIM_H
#define SHIM_H
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include "raw.h"
#include "wire.h"

#define PUBLIC __attribute__((visibility("default")))

/* descriptor.c: what a descriptor is. */
enum kind {
	NOT_OURS,
	CARD = 'c', LIVE_FILE = 'f', CHANNEL = 'h', MONITOR = 'u', /* as their names say */
	DMA_BUF = 0x100 + WIRE_DMA_BUF, DMA_BUF_RDWR, SYNC_FILE, SYNCOBJ, SW_SYNC, /* as they are marked */
};
struct ours {
	enum kind kind;
	unsigned minor;
	char token[20]; /* names the daemon */
	uint64_t file;  /* and this open, in it; the inode of what is marked */
	int mode;       /* O_RDONLY, O_WRONLY or O_RDWR */
};
enum kind look_at(int fd, struct ours *ours); /* ours may be NULL. A MONITOR is a socket to everybody, and so NOT_OURS */
enum kind look_at_socket(int fd, struct ours *ours); /* the same, and a MONITOR is one */
extern bool armed; /* whether this process may hold one of ours: until then nothing is asked of descriptors */
extern bool may_have_fences; /* whether an epoll that this process has may have a fence or a dma-buf in it; not before it is armed */
extern bool may_have_monitors; /* whether this process may have a socket for uevents: it has looked at one */
void arm(void);
int hide(int fd); /* a high, close-on-exec duplicate */

typedef struct { unsigned long signals; } held;

/* call.c: to the daemon and back. */
struct request {
	enum wire_op op;
	uint32_t number; /* of an ioctl */
	void *argument;
	uint32_t size;
	bool in; /* the argument is copied in; what comes out is the daemon's to say */
	int about; /* a descriptor that goes along: the call is about it; or -1 */
	int *taken; /* gets the one descriptor that the answer makes; NULL: they go where the call wants them */
};
/* Over a card or a live file. The result is a system call's; arrays are copied as the daemon asks. */
long call(int fd, const struct ours *ours, const struct request *request);
bool restarts(void); /* whether what a signal has interrupted starts again, its handler having run */
void tell(int fd, enum wire_op op, uint64_t value, const struct ours *ours);

/* answer.c */
bool copy_in(void *here, uint64_t there, size_t size); /* false where the program has no such memory */
void fetch(struct wire_slot *slot); /* what the daemon wants */
long give_back(struct wire_slot *slot); /* what it wrote; what the call returns */
/* 0, and the numbers of the new descriptors are where the daemon says. The end of the socket is closed or used, and then -1. */
long take_descriptors(const struct wire_slot *slot, int *end, int *taken);

/* region.c: holds off signals, other threads and forks while what the process shares is changed. */
held lock_process(void);
void unlock_process(held before);

/* client.c */
/* open(2) of a path that the daemon serves, as the program knows it: a descriptor, or an errno negative. */
long open_served(const char *path, int flags);
long lowest(long fd, int flags); /* the same descriptor under the lowest free number */

#endif
