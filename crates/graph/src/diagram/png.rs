//! The diagram as PNG, drawn from the SVG with the bundled font.

use crate::diagram::lettering::{BOLD, REGULAR};
use crate::diagram::node::Diagram;
use resvg::{tiny_skia, usvg};

/// How large a PNG is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PngSize {
    /// Pixels of the PNG for one pixel of the SVG.
    pub scale: f64,
    /// The most pixels in all; a larger picture is scaled down to this. A pixel takes four bytes while drawing.
    pub max_pixels: u32,
}

impl Default for PngSize {
    /// Twice the SVG, so that small letters are sharp, and at most 32 million pixels (128 MB while drawing).
    fn default() -> Self {
        Self { scale: 2.0, max_pixels: 32_000_000 }
    }
}

/// Why no PNG could be made.
#[derive(Debug, thiserror::Error)]
#[error("the picture could not be drawn as PNG: {0}; write SVG instead and report this")]
pub struct PngError(String);

impl Diagram {
    /// The diagram as a PNG image, the same on every machine, as only the bundled font is used.
    ///
    /// # Errors
    /// When the size has no pixels, or the drawing library refuses the picture.
    pub fn to_png(&self, size: PngSize) -> Result<Vec<u8>, PngError> {
        let (svg, extent) = self.draw();
        let most = (f64::from(size.max_pixels) / (extent.x * extent.y)).sqrt();
        let scale = size.scale.min(most);
        let (width, height) = ((extent.x * scale).floor(), (extent.y * scale).floor());
        let mut pixmap = tiny_skia::Pixmap::new(width as u32, height as u32)
            .ok_or_else(|| PngError(format!("{width} by {height} is not a size")))?;
        let mut options = usvg::Options { font_family: "DejaVu Sans".to_owned(), ..usvg::Options::default() };
        let fonts = options.fontdb_mut();
        fonts.load_font_data(REGULAR.to_vec());
        fonts.load_font_data(BOLD.to_vec());
        let tree = usvg::Tree::from_str(&svg, &options).map_err(|error| PngError(error.to_string()))?;
        let transform = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
        resvg::render(&tree, transform, &mut pixmap.as_mut());
        pixmap.encode_png().map_err(|error| PngError(error.to_string()))
    }
}
