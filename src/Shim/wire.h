/* What the client library and the daemon say to each other. One machine, one build: the layouts are plain C, and a
 * test compares them with the daemon's. Nothing here knows an ioctl: arrays that an argument points at are asked for.
 *
 * To open, the library connects to the daemon's socket (SEQPACKET), sends a wire_open with a path and one end of a socket pair, and gets a
 * wire_opened. The end that it kept is the descriptor of what it opened, but for a file that cannot change any more: of that comes a descriptor instead.
 * So nobody but the client ever holds the client's end, and its last close is a hang-up at once. The library binds a card's end to the abstract name
 * that the answer tells: WIRE_NAME, 'c', '/', minor, '/', token of the daemon, '/', number of the open, '/', access mode. So what a descriptor is
 * can be asked of the descriptor, whoever got it however.
 *
 * To call, the library claims a slot in the region of memory that it shares with the daemon, fills it in, and sends a wire_packet
 * over the card's descriptor, which proves that it holds it. The daemon answers in the slot and wakes the caller. It may ask
 * for more first (WIRE_FETCH): for memory, which the library copies into the slot; for descriptors that the call names; and for one end of a socket
 * pair, through which descriptors come that the call makes, or whose other end is the new one itself, as with open. Those go along as the packet is
 * sent again: the socket first, then the descriptors, but for those that are not open.
 *
 * What is about a dma-buf, a sync file or a syncobj goes over a channel, which opening the path "" gives (its name has an 'h' where a card's has a 'c'): the
 * descriptor itself goes along first. These are ends of pipes that the daemon has made, and knows again by their inodes.
 *
 * A process that has no region yet sends WIRE_ATTACH over a card's descriptor with one end of a socket pair, and gets a
 * wire_attached and the region's descriptor through it. A packet waits in that end, sent with SO_PASSCRED set on it: the kernel
 * says there who the process is. (Who made the pair may be another: a parent that gave its child an end.) The kernel says of the answer as well whose it is. */
#ifndef WIRE_H
#define WIRE_H
#include <stdint.h>

#define WIRE_VERSION 3u
#define WIRE_MAGIC (0x64726d00u + WIRE_VERSION)
#define WIRE_NAME "drm-actors/"
#define WIRE_SLOTS 256u /* calls of a process at once; more wait for one to end */
#define WIRE_SLOT_SIZE (128u << 10)
#define WIRE_ARGUMENT_SIZE (16u << 10) /* what an ioctl's number can say, and more than a write to a file of ours has */
#define WIRE_PAYLOAD (128u + WIRE_ARGUMENT_SIZE) /* offset of the ranges of a slot, and of their bytes behind them */
#define WIRE_RANGES_MAX 64u
#define WIRE_DESCRIPTORS_MAX 64u /* that a call names, or makes */
#define WIRE_UEVENTS "uevents" /* the path that opens a socket for uevents */
#define WIRE_NOTICE 0 /* a packet of this byte alone, over a socket for uevents: something has been lost. No uevent is as short */
#define WIRE_NAME_MAX 64u /* with a 0 at its end */
#define WIRE_PATH_MAX 4096u
#define WIRE_TEXT_MAX 2048u
#define WIRE_CONTROL_MAX (64u << 10) /* of a command, and of the text that answers it */

enum wire_op {
	WIRE_HELLO = 1, /* to the socket: the library is loaded. No answer. */
	WIRE_OPEN,      /* to the socket: a wire_open and its path, with a descriptor */
	WIRE_ATTACH,    /* over a card, with a descriptor */
	WIRE_IOCTL,     /* over a card, or a channel with what the call is about */
	WIRE_MMAP,      /* the same, with a socket for the memory behind that; the argument is a wire_mmap */
	WIRE_UNMAP,     /* over a card: the last piece of a mapping is gone. No answer; value is its id */
	WIRE_INTERRUPT, /* over a card: the caller in this slot got a signal; value is 1 where that is to start the call again. No answer of its own */
	WIRE_WRITE,     /* over a file: write(2); the argument is what is written */
	WIRE_DESCRIBE,  /* over a channel, or a card: the argument is a wire_facts */
	WIRE_CONTROL,   /* to the socket: a wire_open whose path is a command in JSON; a wire_opened comes back, and text. The library sends none */
	WIRE_LISTEN,    /* over a socket for uevents (its name has a 'u' where a card's has a 'c'): value is the groups to join, and above 32 bits those to leave. No answer */
	WIRE_WATCH,     /* over a channel: epoll_ctl(2) for OUT of the dma-buf that goes along; the argument is a wire_watch */
	WIRE_SETTLE,    /* over a channel: answered when all that was closed before is heard of */
	WIRE_OVERRUN,   /* over a socket for uevents: 1 where something has been lost since that was taken last; the number is a wire_overrun */
};

enum wire_overrun {
	WIRE_TAKE, /* it is told now */
	WIRE_LOOK, /* and is still to be told */
};

/* What a pipe of the daemon's stands for: the signal that is set for it (F_SETSIG) and never sent, which a descriptor keeps wherever it goes. The
 * daemon asks the kernel for the inode before it believes anybody. */
enum wire_mark {
	WIRE_DMA_BUF = 50,  /* opened for reading */
	WIRE_DMA_BUF_RDWR,  /* and for writing */
	WIRE_SYNC_FILE,
	WIRE_SYNCOBJ,
	WIRE_SW_SYNC,       /* a timeline that is moved on by hand */
};

struct wire_open {
	uint32_t magic, op;
	int32_t flags;  /* of open(2) */
	uint32_t length; /* of the path that follows, without a 0 */
};

/* What open(2) returns: an errno; a descriptor that comes along; or else the end that was kept, under this name if there is one. */
struct wire_opened {
	uint32_t magic;
	int32_t error;
	char name[WIRE_NAME_MAX];
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

/* The daemon asks for the epoll itself. A dma-buf may be in one under several numbers, as in the kernel. */
struct wire_watch {
	int32_t epoll, number; /* of the dma-buf */
	uint32_t events; /* that it is to tell from now on; 0 where it is to be taken out */
	uint32_t pad;
	uint64_t data;
};

struct wire_facts {
	uint64_t size;   /* out: of a dma-buf, in bytes */
	uint32_t length; /* out: of the text */
	uint32_t pad;
	char text[WIRE_TEXT_MAX]; /* out: its own lines of /proc/PID/fdinfo */
};

enum wire_state {
	WIRE_FREE,
	WIRE_CLAIMED, /* by a thread of the client */
	WIRE_CALLED,  /* the daemon's turn; the caller sleeps on the state */
	WIRE_FETCH,   /* the client's turn: ranges to copy into the slot, a socket and descriptors to send along */
	WIRE_DONE,    /* the client's turn: result, ranges to copy out, and descriptors to take */
};

/* The client's memory, and where its bytes are in the slot. */
struct wire_range {
	uint64_t address;
	uint32_t length; /* with WIRE_WRITABLE where the client has to be able to write there as well */
	uint32_t offset; /* from the slot's beginning; WIRE_UNREADABLE where the client has no such memory */
};
#define WIRE_UNREADABLE 0xffffffffu
#define WIRE_WRITABLE 0x80000000u

struct wire_descriptor {
	uint64_t at;    /* of a new one: where in the client its number goes */
	int32_t number; /* of one that is wanted; -1 from the client where that is not open */
	uint32_t flags; /* of a new one: O_CLOEXEC, O_NONBLOCK */
};

struct wire_slot {
	uint32_t state;
	uint32_t number; /* of the ioctl */
	uint64_t address; /* of the argument in the client */
	uint32_t size;   /* bytes of the argument that are here; 0 where it could not be read */
	int32_t result;  /* out: what the call returns, an errno negative */
	uint32_t ranges; /* how many are at WIRE_PAYLOAD */
	uint32_t socket; /* whether one is to come along */
	uint32_t descriptors; /* how many are wanted; when it is done, how many are new */
	uint32_t pad[7];
	char name[WIRE_NAME_MAX]; /* of the end that was kept, which is the new descriptor; else those wait in the socket, in one packet */
	unsigned char argument[WIRE_ARGUMENT_SIZE];
	struct wire_range range[WIRE_RANGES_MAX];
	struct wire_descriptor descriptor[WIRE_DESCRIPTORS_MAX];
	/* bytes of the ranges follow */
};
_Static_assert(sizeof(struct wire_slot) == WIRE_PAYLOAD + WIRE_RANGES_MAX * 16 + WIRE_DESCRIPTORS_MAX * 16, "no padding");
_Static_assert(sizeof(struct wire_packet) == 24 && sizeof(struct wire_range) == 16 && sizeof(struct wire_descriptor) == 16, "no padding");
#endif
