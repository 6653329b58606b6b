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
enum kind { NOT_OURS, CARD = 'c', LIVE_FILE = 'f' };
struct ours {
	enum kind kind;
	unsigned minor;
	char token[20]; /* names the daemon */
	uint64_t file;  /* and this open, in it */
};
enum kind look_at(int fd, struct ours *ours); /* ours may be NULL */
extern bool armed; /* whether this process may hold one of ours: until then nothing is asked of descriptors */
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
	int descriptor; /* goes along, or -1 */
};
/* Over a card or a live file. The result is a system call's; arrays are copied as the daemon asks. */
long call(int fd, const struct ours *ours, const struct request *request);
void tell(int fd, enum wire_op op, uint64_t value, const struct ours *ours);
long take_descriptor(int fd); /* that comes through a socket */
long receive(int fd, void *bytes, size_t size, int *descriptor);

/* answer.c */
bool copy_in(void *here, uint64_t there, size_t size); /* false where the program has no such memory */
void fetch(struct wire_slot *slot); /* what the daemon wants */
long give_back(struct wire_slot *slot); /* what it wrote; what the call returns */
long install_descriptor(const struct wire_slot *slot, long made); /* 0, and its number is where the daemon says */

/* Holds off signals and other threads while what the process shares is changed. */
held lock_process(void);
void unlock_process(held before);

/* client.c */
/* open(2) of a path that the daemon serves, as the program knows it: a descriptor, or an errno negative. */
long open_served(const char *path, int flags);
long lowest(long fd, int flags); /* the same descriptor under the lowest free number */

#endif
