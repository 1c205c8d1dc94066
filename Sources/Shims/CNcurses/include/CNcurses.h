// ncursesw for Swift: its macros and globals as functions, and what must be done inside a signal handler.
#pragma once
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdbool.h>
#include <stdint.h>

// A screen on standard input and output for a terminal of this name, or of $TERM for NULL.
// NULL where there is no description of the terminal.
SCREEN *nc_newterm(const char *terminal);

// Whether the terminal can put its cursor anywhere and clear its screen; "dumb" cannot.
bool nc_can_place_cursor(void);

WINDOW *nc_stdscr(void);
int nc_lines(void);
int nc_columns(void);
int nc_colors(void);
int nc_color_pairs(void);
// Keys beyond the named ones: the number of F0, and the largest that ncurses itself names.
int nc_key_f0(void);

// The attributes for the bits 1 bold, 2 dim, 4 reverse, 8 underline.
attr_t nc_attributes(uint8_t bits);

// Makes a cell of a character and a combining mark (0 for none). Pairs above 32767 are allowed.
int nc_set_cell(cchar_t *cell, uint32_t scalar, uint32_t mark, attr_t attributes, int pair);

// What a mouse event was: 0 nothing known, 1-3 press, 4 wheel up, 5 wheel down, 11-13 release, 20 motion.
int nc_mouse(int *column, int *row);
// Asks for presses, releases and the wheel; without delay for telling clicks apart.
void nc_use_mouse(void);
// Leaves the mouse to the terminal again.
void nc_release_mouse(void);

// Writes what has changed, in one go: ncurses itself would make a write of every few bytes, and a packet on
// the line of each. The bytes written, or -1 where they could not be gathered and ncurses wrote by itself.
long nc_update(void);

// Saves the modes of the terminal, so that they can be put back whatever happens. 0, or -1 with errno.
int nc_save_terminal(void);
// Lets Ctrl-S, Ctrl-Q, Ctrl-V and Ctrl-O through as keys.
void nc_pass_control_keys(void);
// The size of the terminal as the system knows it. Whether it does.
bool nc_terminal_size(int *columns, int *rows);
// Bytes that wait to be read; -1 where that cannot be told.
int nc_bytes_waiting(int descriptor);

// From now on HUP, INT, QUIT, TERM, TSTP, CONT and WINCH are noted and wake a reader of the descriptor
// returned (-1 with errno if that fails); after a fault the terminal is put right first, and then
// the handler that was there before has its turn.
int nc_catch_signals(void);
// Whether a signal came since it was last asked for. Clears the note.
bool nc_take_signal(int signal);
// Empties the descriptor of nc_catch_signals.
void nc_drain_wakeups(void);
// Stops the process as Ctrl-Z does; returns once it goes on.
void nc_stop_process(void);
// Puts all former handlers back.
void nc_release_signals(void);

// Sends standard error to a file, for as long as a screen is on. 0, or -1 with errno.
int nc_redirect_errors(const char *path);
// Gives standard error back.
void nc_restore_errors(void);
