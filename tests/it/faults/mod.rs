//! Bad input and faults, through the command: what is strange passes, what fails is said and leaves nothing half done.
#![cfg(unix)]

mod interruptions;
mod large;
mod left_overs;
mod links;
mod modes;
mod names;
mod outputs;
mod overlaps;
mod strange;
mod terminals;
mod unreadable;
