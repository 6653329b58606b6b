/* What the client library and the daemon say to each other. One machine, one build: the layouts are plain C, and a
 * test compares them with the daemon's. Nothing here knows an ioctl: arrays that an argument points at are asked for.
 *
 * To open, the library connects to the daemon's socket (SEQPACKET), sends a wire_open with a path, and gets a wire_opened and,
 * where that says so, a descriptor. A card's descriptor is one end of a socket pair, which the daemon has bound to an abstract
 * name: WIRE_NAME, 'c', '/', minor, '/', token of the daemon, '/', number of the open. So what a descriptor is can be asked of the descriptor, whoever got it however.
 *
 * To call, the library claims a slot in the region of memory that it shares with the daemon, fills it in, and sends a wire_packet
 * over the card's descriptor, which proves that it holds it. The daemon answers in the slot and wakes the caller. It may ask
 * for memory first (WIRE_FETCH): the library copies those ranges into the slot and sends the packet again; and for a socket (WIRE_SOCKET), through
 * which the descriptor comes that the call makes: then it sends the packet with one end of a pair.
 *
 * A process that has no region yet sends WIRE_ATTACH over a card's descriptor with one end of a socket pair, and gets a
 * wire_attached and the region's descriptor through it. A packet waits in that end, sent with SO_PASSCRED set on it: the kernel
 * says there who the process is. (Who made the pair may be another: a parent that gave its child an end.) */
#ifndef WIRE_H
#define WIRE_H
#include <stdint.h>

#define WIRE_VERSION 1u
#define WIRE_MAGIC (0x64726d00u + WIRE_VERSION)
#define WIRE_NAME "drm-actors/"
#define WIRE_SLOTS 256u /* calls of a process at once; more wait for one to end */
#define WIRE_SLOT_SIZE (128u << 10)
#define WIRE_ARGUMENT_SIZE (16u << 10) /* what an ioctl's number can say, and more than a write to a file of ours has */
#define WIRE_PAYLOAD (64u + WIRE_ARGUMENT_SIZE) /* offset of the ranges of a slot, and of their bytes behind them */
#define WIRE_RANGES_MAX 64u
#define WIRE_PATH_MAX 4096u
#define WIRE_CONTROL_MAX (64u << 10) /* of a command, and of the text that answers it */

enum wire_op {
	WIRE_HELLO = 1, /* to the socket: the library is loaded. No answer. */
	WIRE_OPEN,      /* to the socket: a wire_open and its path */
	WIRE_ATTACH,    /* over a card, with a descriptor */
	WIRE_IOCTL,     /* over a card or a file */
	WIRE_MMAP,      /* over a card, with a descriptor for the answer's; the argument is a wire_mmap */
	WIRE_UNMAP,     /* over a card: the last piece of a mapping is gone. No answer; value is its id */
	WIRE_INTERRUPT, /* over a card: the caller in this slot got a signal. No answer of its own */
	WIRE_WRITE,     /* over a file: write(2); the argument is what is written */
	WIRE_CONTROL,   /* to the socket: a wire_open whose path is a command in JSON; a wire_opened comes back, and text. The library sends none */
};

struct wire_open {
	uint32_t magic, op;
	int32_t flags;  /* of open(2) */
	uint32_t length; /* of the path that follows, without a 0 */
};

/* What open(2) returns: an errno, or a descriptor that comes along. */
struct wire_opened {
	uint32_t magic;
	int32_t error;
};

struct wire_packet {
	uint32_t magic;
	uint16_t op, slot;
	uint64_t region;
	uint64_t value;
};

struct wire_attached {
	uint32_t magic, slots, slot_size, pad;
	uint64_t region; /* names the region in packets; nobody else is told it */
};

struct wire_mmap {
	uint64_t offset, length;
	uint32_t protection, flags;
	uint64_t id; /* out: names the mapping in WIRE_UNMAP */
};

enum wire_state {
	WIRE_FREE,
	WIRE_CLAIMED, /* by a thread of the client */
	WIRE_CALLED,  /* the daemon's turn; the caller sleeps on the state */
	WIRE_FETCH,   /* the client's turn: ranges to copy into the slot */
	WIRE_SOCKET,  /* as WIRE_FETCH, and a socket for the answer's descriptor is to come along */
	WIRE_DONE,    /* the client's turn: result, and ranges to copy out */
};

/* The client's memory, and where its bytes are in the slot. */
struct wire_range {
	uint64_t address;
	uint32_t length;
	uint32_t offset; /* from the slot's beginning; WIRE_UNREADABLE where the client has no such memory */
};
#define WIRE_UNREADABLE 0xffffffffu

struct wire_slot {
	uint32_t state;
	uint32_t number; /* of the ioctl */
	uint64_t address; /* of the argument in the client */
	uint32_t size;   /* bytes of the argument that are here; 0 where it could not be read */
	int32_t result;  /* out: what the call returns, an errno negative */
	uint32_t ranges; /* how many are at WIRE_PAYLOAD */
	uint32_t descriptor_flags; /* out: O_CLOEXEC or 0, for the descriptor that waits in the socket */
	uint64_t descriptor_at; /* out: where in the client its number goes; 0 for no descriptor */
	uint32_t pad[6];
	unsigned char argument[WIRE_ARGUMENT_SIZE];
	struct wire_range range[WIRE_RANGES_MAX];
	/* bytes of the ranges follow */
};
_Static_assert(sizeof(struct wire_slot) == WIRE_PAYLOAD + WIRE_RANGES_MAX * sizeof(struct wire_range), "no padding");
_Static_assert(sizeof(struct wire_packet) == 24 && sizeof(struct wire_range) == 16, "no padding");
#endif
