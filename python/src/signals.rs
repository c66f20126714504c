//! Whether Ctrl-C was pressed, for code that others call and that does not hold Python.

use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};
use std::{fmt, io};

use arrow_schema::ArrowError;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

/// To attach to Python takes as long as another thread keeps it, so it is not done at every step.
const PAUSE: Duration = Duration::from_millis(100);

/// Looks for signals while a stream is read, in Python's main thread: in no other one are they handled.
pub(crate) struct Watch {
    main: Option<ThreadId>,
    looked: Instant,
}

/// A signal's handler raised an exception.
pub(crate) struct Interrupted(String);

impl Watch {
    pub(crate) fn new(py: Python<'_>) -> PyResult<Watch> {
        let threading = py.import("threading")?;
        let main = threading.call_method0("main_thread")?.getattr("ident")?;
        let is_main = threading.call_method0("get_ident")?.eq(main)?;
        Ok(Watch { main: is_main.then(|| thread::current().id()), looked: Instant::now() })
    }

    /// Runs the handlers of signals that came, if it is time to look.
    ///
    /// # Errors
    /// One of them raised an exception.
    pub(crate) fn look(&mut self) -> Result<(), Interrupted> {
        if self.main != Some(thread::current().id()) || self.looked.elapsed() < PAUSE {
            return Ok(());
        }
        self.looked = Instant::now();
        // Python is not there any more when the process ends.
        Python::try_attach(|py| py.check_signals().map_err(|raised| Interrupted::by(py, &raised))).unwrap_or(Ok(()))
    }
}

impl Interrupted {
    /// Who reads the stream makes an error of its own of it, which programs may catch: so that Ctrl-C is not lost then,
    /// Python raises it once more as soon as it goes on.
    fn by(py: Python<'_>, raised: &PyErr) -> Interrupted {
        if raised.is_instance_of::<PyKeyboardInterrupt>(py) {
            // Where it cannot be, the error remains.
            let _ = raise_soon(py);
        }
        let told = raised.to_string();
        Interrupted(told.trim_end_matches(": ").to_owned())
    }
}

/// Has `KeyboardInterrupt` raised in this thread when it runs code of Python's again. Not as a signal, by
/// `_thread.interrupt_main`: that would come in the midst of an error's being printed, too.
fn raise_soon(py: Python<'_>) -> PyResult<()> {
    let ctypes = py.import("ctypes")?;
    let thread = py.import("threading")?.call_method0("get_ident")?;
    let thread = ctypes.getattr("c_ulong")?.call1((thread,))?;
    let class = ctypes.getattr("py_object")?.call1((py.get_type::<PyKeyboardInterrupt>(),))?;
    // Looked up before it is called, as that is code of Python's already.
    let set = ctypes.getattr("pythonapi")?.getattr("PyThreadState_SetAsyncExc")?;
    set.call1((thread, class)).map(drop)
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reading was interrupted: {}", self.0)
    }
}

impl From<Interrupted> for ArrowError {
    fn from(error: Interrupted) -> ArrowError {
        ArrowError::IoError(error.to_string(), io::ErrorKind::Interrupted.into())
    }
}
