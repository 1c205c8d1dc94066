// ncursesw for Swift: getters, cells, the mouse, and signal handlers that only use what is safe in them.
#define _GNU_SOURCE 1
#include "include/CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

SCREEN *nc_newterm(const char *terminal) { return newterm(terminal, stdout, stdin); }
bool nc_can_place_cursor(void) {
  const char *place = tigetstr("cup"), *clear = tigetstr("clear");
  return place != NULL && place != (char *)-1 && clear != NULL && clear != (char *)-1;
}

WINDOW *nc_stdscr(void) { return stdscr; }
int nc_lines(void) { return LINES; }
int nc_columns(void) { return COLS; }
int nc_colors(void) { return COLORS; }
int nc_color_pairs(void) { return COLOR_PAIRS; }
int nc_key_f0(void) { return KEY_F(0); }

attr_t nc_attributes(uint8_t bits) {
  attr_t result = A_NORMAL;
  if (bits & 1) result |= A_BOLD;
  if (bits & 2) result |= A_DIM;
  if (bits & 4) result |= A_REVERSE;
  if (bits & 8) result |= A_UNDERLINE;
  return result;
}

int nc_set_cell(cchar_t *cell, uint32_t scalar, uint32_t mark, attr_t attributes, int pair) {
  wchar_t text[3] = {(wchar_t)scalar, (wchar_t)mark, 0};
  int wide_pair = pair;
  return setcchar(cell, text, attributes, (short)(pair > 32767 ? 32767 : pair), &wide_pair);
}

void nc_use_mouse(void) {
  mousemask(ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION, NULL);
  mouseinterval(0);
}

void nc_release_mouse(void) { mousemask(0, NULL); }

int nc_mouse(int *column, int *row) {
  MEVENT event;
  if (getmouse(&event) != OK) return 0;
  *column = event.x;
  *row = event.y;
  if (event.bstate & BUTTON4_PRESSED) return 4;
  if (event.bstate & BUTTON5_PRESSED) return 5;
  if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)) return 1;
  if (event.bstate & (BUTTON2_PRESSED | BUTTON2_CLICKED)) return 2;
  if (event.bstate & (BUTTON3_PRESSED | BUTTON3_CLICKED)) return 3;
  if (event.bstate & BUTTON1_RELEASED) return 11;
  if (event.bstate & BUTTON2_RELEASED) return 12;
  if (event.bstate & BUTTON3_RELEASED) return 13;
  return event.bstate & REPORT_MOUSE_POSITION ? 20 : 0;
}

// Modes before the screen came on, and whether they are to be put back after a fault.
static struct termios saved_modes;
static volatile sig_atomic_t has_saved_modes;

int nc_save_terminal(void) {
  if (tcgetattr(STDIN_FILENO, &saved_modes) != 0) return -1;
  has_saved_modes = 1;
  return 0;
}

void nc_pass_control_keys(void) {
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return;
  modes.c_iflag &= ~(tcflag_t)IXON;
  modes.c_lflag &= ~(tcflag_t)IEXTEN;
  if (tcsetattr(STDIN_FILENO, TCSANOW, &modes) == 0) def_prog_mode();
}

bool nc_terminal_size(int *columns, int *rows) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

int nc_bytes_waiting(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

// Standard error as it was, while it goes to a file; else -1.
static volatile sig_atomic_t saved_errors = -1;

int nc_redirect_errors(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (saved < 0 || dup2(file, STDERR_FILENO) < 0) {
    int reason = errno;
    close(file);
    if (saved >= 0) close(saved);
    errno = reason;
    return -1;
  }
  close(file);
  saved_errors = saved;
  return 0;
}

void nc_restore_errors(void) {
  if (saved_errors < 0) return;
  dup2(saved_errors, STDERR_FILENO);
  close(saved_errors);
  saved_errors = -1;
}

// Standard output, while a frame is gathered in its place; else -1.
static volatile sig_atomic_t line_descriptor = -1;

static bool write_whole(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return false;
      struct pollfd wait = {descriptor, POLLOUT, 0};
      poll(&wait, 1, -1);
      continue;
    }
    bytes += written;
    count -= (size_t)written;
  }
  return true;
}

// Writes the first bytes of a file to standard output.
static void copy_out(int file, off_t length) {
  char bytes[16384];
  off_t place = 0;
  while (place < length) {
    size_t wanted = length - place < (off_t)sizeof bytes ? (size_t)(length - place) : sizeof bytes;
    ssize_t count = pread(file, bytes, wanted, place);
    if (count <= 0 || !write_whole(STDOUT_FILENO, bytes, (size_t)count)) return;
    place += count;
  }
}

long nc_update(void) {
  static int file = -1;
  if (file < 0) file = memfd_create("frame", MFD_CLOEXEC);
  // After endwin() ncurses sets the modes of the terminal first, for which it needs the terminal.
  int line = file < 0 || isendwin() ? -1 : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (line < 0 || lseek(file, 0, SEEK_SET) < 0) {
    if (line >= 0) close(line);
    doupdate();
    return -1;
  }
  line_descriptor = line;
  bool is_gathered = dup2(file, STDOUT_FILENO) >= 0;
  doupdate();
  if (is_gathered) dup2(line, STDOUT_FILENO);
  line_descriptor = -1;
  close(line);
  off_t length = is_gathered ? lseek(file, 0, SEEK_CUR) : -1;
  if (length > 0) copy_out(file, length);
  return (long)length;
}

static const int noted_signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM,
                                    SIGTSTP, SIGCONT, SIGWINCH};
static const int fault_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGABRT};
enum { noted_count = sizeof noted_signals / sizeof *noted_signals };
enum { fault_count = sizeof fault_signals / sizeof *fault_signals };

static struct sigaction former_noted[noted_count];
static struct sigaction former_fault[fault_count];
static volatile sig_atomic_t came[NSIG];
static volatile sig_atomic_t wake_descriptor = -1;
static int read_descriptor = -1;

// Everything the screen may have switched on, off again: synchronised output, mouse reports, keypad,
// the hidden cursor, the alternate screen, the line drawing charset, and looks.
static const char restore_text[] =
    "\033[?2026l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?1l\033>\033[?25h\033(B\033[?1049l\033[0m";

static void note(int signal) {
  int reason = errno;
  came[signal] = 1;
  char byte = 0;
  if (wake_descriptor >= 0) {
    // The pipe is full only when a wake-up is already on its way.
    ssize_t ignored = write(wake_descriptor, &byte, 1);
    (void)ignored;
  }
  errno = reason;
}

static void fault(int signal, siginfo_t *information, void *context) {
  (void)context;
  if (has_saved_modes) {
    int line = line_descriptor >= 0 ? line_descriptor : STDOUT_FILENO;
    ssize_t ignored = write(line, restore_text, sizeof restore_text - 1);
    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
    has_saved_modes = 0;
  }
  if (saved_errors >= 0) dup2(saved_errors, STDERR_FILENO);
  for (int i = 0; i < fault_count; i++) sigaction(fault_signals[i], &former_fault[i], NULL);
  // A fault happens again on return; a signal that was sent, and one after its instruction, does not.
  if (signal == SIGABRT || signal == SIGTRAP || information->si_code <= 0) raise(signal);
}

// A program that calls exit() with the screen on would leave it on.
static void at_exit(void) {
  if (has_saved_modes && isendwin() == FALSE && stdscr != NULL) endwin();
}

int nc_catch_signals(void) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  read_descriptor = ends[0];
  wake_descriptor = ends[1];
  for (int i = 0; i < noted_count; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    sigemptyset(&action.sa_mask);
    sigaction(noted_signals[i], NULL, &former_noted[i]);
    // What the starter of the program chose to ignore (nohup) stays ignored.
    if (former_noted[i].sa_handler != SIG_IGN || noted_signals[i] == SIGWINCH)
      sigaction(noted_signals[i], &action, NULL);
  }
  for (int i = 0; i < fault_count; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(fault_signals[i], &action, &former_fault[i]);
  }
  static bool is_registered = false;
  if (!is_registered) is_registered = atexit(at_exit) == 0;
  return read_descriptor;
}

bool nc_take_signal(int signal) {
  if (!came[signal]) return false;
  came[signal] = 0;
  return true;
}

void nc_drain_wakeups(void) {
  char bytes[64];
  while (read_descriptor >= 0 && read(read_descriptor, bytes, sizeof bytes) > 0) {
  }
}

void nc_stop_process(void) {
  struct sigaction standard, ours;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  came[SIGTSTP] = 0;
  came[SIGCONT] = 0;
}

void nc_release_signals(void) {
  for (int i = 0; i < noted_count; i++) sigaction(noted_signals[i], &former_noted[i], NULL);
  for (int i = 0; i < fault_count; i++) sigaction(fault_signals[i], &former_fault[i], NULL);
  int ends[2] = {read_descriptor, wake_descriptor};
  wake_descriptor = -1;
  read_descriptor = -1;
  if (ends[0] >= 0) close(ends[0]);
  if (ends[1] >= 0) close(ends[1]);
  has_saved_modes = 0;
  memset((void *)came, 0, sizeof came);
}
