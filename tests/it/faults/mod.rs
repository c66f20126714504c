//! Bad input and faults, through the command: what is strange passes, what fails is said and leaves nothing half done.
#![cfg(unix)]

mod interruptions;
mod large;
mod links;
mod names;
mod outputs;
mod overlaps;
mod strange;
mod unreadable;
